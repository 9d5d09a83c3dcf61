import type {Verdict} from '../../steps/check-request.ts'
import {parseNetworkConfig} from '../network-config.ts'
import {spansNodes} from '../spans-nodes.ts'
import type {NodeRehearsal, RehearsalSeen} from './seen-rehearsal.ts'

/** Whether an address was given to two pods that hear each other; nothing to say where less than two got one, or where addresses are static. */
export function judgeAddresses({nodes}: RehearsalSeen): readonly Verdict[] {
  const owned = nodes.flatMap(addressesOf)
  if (owned.length < 2) return []
  const twice = owned.find(({address, segment}, index) =>
    owned.slice(0, index).some((other) => other.address === address && other.segment === segment),
  )
  if (!twice) return [{status: 'pass', summary: owned.map(({address}) => address).join(', ')}]
  const owners = owned.filter(({address, segment}) => address === twice.address && segment === twice.segment)
  return [
    {
      status: 'fail',
      summary: `${twice.address} was given to two pods: on ${owners.map(({node}) => node).join(' and on ')}`,
      cause: 'host-local counts on each node by itself, and the nodes share one range',
      fix: 'make the network with k8s-local net add: it takes whereabouts, or a slice per node',
    },
  ]
}

/** `segment`: what the address must be unique in. A network that stays on its node may repeat them elsewhere. */
function addressesOf({node, config: text, pods}: NodeRehearsal) {
  const config = parseNetworkConfig(text)
  if ('fault' in config || config.ipam === 'static') return []
  const segment = spansNodes(config.types[0]) ? 'all' : node
  return pods.flatMap(({inside}) =>
    (inside?.addresses ?? []).map((address) => ({address: address.split('/')[0] ?? '', node, segment})),
  )
}
