import type {Artifact} from '../../steps/artifact.ts'
import type {StepId} from '../../steps/step.ts'
import type {Part} from '../part.ts'
import {fetchArtifact} from './artifacts.ts'

/** The CNI plugins on every node; kind's image has only those that its own CNI needs. They can go in as soon as the containers run. */
export function copyPlugins(artifact: Artifact, nodes: readonly string[], after: readonly StepId[]): Part {
  const fetched = fetchArtifact(artifact)
  const id = 'cni-plugins'
  return {
    steps: [
      ...fetched.steps,
      {
        id,
        title: `Copy the CNI plugins ${artifact.version} into every node`,
        action: {type: 'copy-cni-plugins', artifact, nodes},
        after: [...after, ...fetched.done],
      },
    ],
    done: [id],
  }
}
