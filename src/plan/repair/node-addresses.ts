import type {CheckName} from '../../checks/index.ts'
import type {Repair} from './repair.ts'
import {waitForNodes} from './waits.ts'

/**
 * A restart can give a node an address of an extra network (kind #2917). Once the node leaves those out when it asks for its own, another restart puts it
 * right: the node's entrypoint writes its address into certificates and manifests (seen on clusters, kind v0.33).
 */
export const nodeAddresses: Repair = {
  title: 'Node keeps its address',
  finds(facts) {
    const {verdicts, containers, engineNetworks} = facts
    const check: CheckName = 'node-address-kept'
    return verdicts
      .filter((verdict) => verdict.check === check && verdict.status === 'fail')
      .map(({subject: node, summary, cause}) => ({
        subject: node,
        summary,
        ...(cause !== undefined && {cause}),
        fix: `docker restart ${node}`,
        asks: `${node} restarts, with all pods on it`,
        mends: containers.some(({name}) => name === node)
          ? [
              {
                title: `Keep ${node} its address over restarts`,
                action: {
                  type: 'pin-node-addresses' as const,
                  nodes: [node],
                  subnets: engineNetworks.map(({subnet}) => subnet),
                },
              },
              {title: `Restart ${node}`, action: {type: 'restart-nodes' as const, nodes: [node]}},
              ...waitForNodes([node], facts),
            ]
          : [],
      }))
  },
}
