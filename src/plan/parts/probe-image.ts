import {Problem} from '../../problem.ts'
import type {Artifact} from '../../steps/artifact.ts'
import type {Step} from '../../steps/step.ts'
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
