import type {Step, StepId} from '../../steps/step.ts'
import {rangeText} from '../address-range.ts'
import type {Part} from '../part.ts'
import type {ResolvedNetwork} from '../resolved-network.ts'
import {makeDhcpServer} from './dhcp-server.ts'

/** A NetworkAttachmentDefinition; where each node has a configuration of its own, the files first, for a pod may ask at once; so the DHCP servers. */
export function makeNetwork(network: ResolvedNetwork, after: readonly StepId[]): Part {
  const {namespace, name, type, object, nodeFiles, ranges, ipam, server} = network
  const what = ranges.length > 0 ? ranges.map(rangeText).join(' and ') : 'addresses'
  const handed = ipam === 'none' ? 'without addresses' : `${what} by ${ipam}`
  const served = server ? makeDhcpServer(server, after) : {steps: [], done: after}
  const files: readonly Step[] = nodeFiles
    ? [
        {
          id: `network-files:${namespace}/${name}`,
          title: `Write each node's slice of ${namespace}/${name}`,
          action: {type: 'write-node-files', path: nodeFiles.path, files: nodeFiles.files},
          after: served.done,
        },
      ]
    : []
  const apply: Step = {
    id: `network:${namespace}/${name}`,
    title: `Make the ${type} network ${namespace}/${name}, ${handed}`,
    action: {type: 'apply-objects', objects: [object]},
    after: files.length > 0 ? files.map(({id}) => id) : served.done,
  }
  return {steps: [...served.steps, ...files, apply], done: [apply.id]}
}
