import type {Step, StepId} from '../../steps/step.ts'
import type {Part} from '../part.ts'
import type {ResolvedNetwork} from '../resolved-network.ts'

/** A NetworkAttachmentDefinition; where each node has a configuration of its own, the files first, for a pod may ask at once. */
export function makeNetwork(network: ResolvedNetwork, after: readonly StepId[]): Part {
  const {namespace, name, type, object, nodeFiles, range} = network
  const files: readonly Step[] = nodeFiles
    ? [
        {
          id: `network-files:${namespace}/${name}`,
          title: `Write each node's slice of ${namespace}/${name}`,
          action: {type: 'write-node-files', path: nodeFiles.path, files: nodeFiles.files},
          after,
        },
      ]
    : []
  const apply: Step = {
    id: `network:${namespace}/${name}`,
    title: `Make the ${type} network ${namespace}/${name}, ${range.start}-${range.end} by ${network.ipam}`,
    action: {type: 'apply-objects', objects: [object]},
    after: files.length > 0 ? files.map(({id}) => id) : after,
  }
  return {steps: [...files, apply], done: [apply.id]}
}
