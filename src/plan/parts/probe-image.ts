import {Problem} from '../../problem.ts'
import {type Artifact, imageName} from '../../steps/artifact.ts'
import type {Step} from '../../steps/step.ts'
import type {TargetFacts} from '../facts.ts'
import type {Part} from '../part.ts'

/** The image with network tools. Throws artifact-unavailable. */
export function probeImage(artifacts: readonly Artifact[]): Artifact {
  const image = artifacts.find(({name}) => name === 'probe')
  if (image) return image
  throw new Problem('artifact-unavailable', {
    message: 'The image with network tools (probe) cannot be had',
    suggestions: ['use a bundle that has it: --bundle DIR'],
  })
}

export interface ProbeImage extends Part {
  /** What pods name. */
  readonly reference: string
}

/**
 * The image for pods on these nodes. In containers of this engine it is imported. Elsewhere kubelets pull it, by digest, if the nodes do not hold it yet;
 * as they pull the one that somebody named. Throws artifact-unavailable.
 */
export function probeImageFor(
  named: string | undefined,
  {artifacts, nodesHere}: Pick<TargetFacts, 'artifacts' | 'nodesHere'>,
  nodes: readonly string[],
): ProbeImage {
  if (named !== undefined) return {reference: named, steps: [], done: []}
  if (!nodesHere) {
    const {reference = ''} = probeImage(artifacts.filter(({origin}) => origin.kind !== 'bundle'))
    return {reference, steps: [], done: []}
  }
  const image = probeImage(artifacts)
  return {reference: imageName(image), ...probeImageOn(image, nodes)}
}

/** The probe image on nodes; where it is already, that is found at run time. */
export function probeImageOn(image: Artifact, nodes: readonly string[]): Part {
  const pull: readonly Step[] =
    image.origin.kind === 'online'
      ? [
          {
            id: 'pull:probe',
            title: 'Pull the image with network tools',
            action: {type: 'pull-images', artifacts: [image]},
            after: [],
          },
        ]
      : []
  const load: Step = {
    id: 'import:probe',
    title: 'Import the image with network tools into the nodes',
    action: {type: 'import-images', artifacts: [image], nodes},
    after: pull.map(({id}) => id),
  }
  return {steps: [...pull, load], done: [load.id]}
}
