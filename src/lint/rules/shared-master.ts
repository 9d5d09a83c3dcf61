import type {Rule} from '../rule.ts'
import {namespaceOf, type Network, type Plugin} from '../scene.ts'
import {entryOf, isTrue, textAt, treeAt} from '../tree-access.ts'

interface User {
  readonly network: Network
  readonly plugin: Plugin
  /** What it makes of the NIC: kinds that differ exclude each other. */
  readonly use: string
}

export const sharedMaster: Rule = {
  code: 'KL-L402',
  title: 'Two networks cannot share this NIC',
  severity: 'error',
  why: 'Linux lets a NIC have macvlans or ipvlans, not both at once; passthru takes the NIC for one pod alone ("failed to create macvlan: invalid argument", tried), and host-device moves it into the pod.',
  fix: 'Use one kind for both networks, or a NIC of its own for each',
  *scene({networks}) {
    const first = new Map<string, User>()
    for (const network of networks.toSorted((a, b) => Number(b.known ?? false) - Number(a.known ?? false))) {
      const [plugin] = network.config?.plugins ?? []
      const user = plugin && toUser(network, plugin)
      if (!user) continue
      const earlier = first.get(user.nic)
      if (!earlier) first.set(user.nic, user)
      else if (
        !network.known &&
        !isSameObject(network, earlier.network) &&
        (earlier.use !== user.use || user.use === 'macvlan passthru' || user.use === 'host-device')
      )
        yield {
          on: network,
          at:
            (
              entryOf(user.plugin.tree, 'master') ??
              entryOf(user.plugin.tree, 'device') ??
              entryOf(user.plugin.tree, 'type')
            )?.value ?? network.nameAt,
          message: `${namespaceOf(earlier.network)}/${earlier.network.name} uses ${user.nic} for ${earlier.use}: ${user.use} cannot be on it at the same time`,
          fix: 'Use one kind for both networks, or a NIC of its own for each',
        }
    }
  },
}

/** The files of two nodes for one network. */
function isSameObject(one: Network, other: Network): boolean {
  return one.name === other.name && namespaceOf(one) === namespaceOf(other) && one.source.node !== other.source.node
}

function toUser(network: Network, plugin: Plugin): (User & {readonly nic: string}) | undefined {
  const {type, tree} = plugin
  if (isTrue(treeAt(tree, 'linkInContainer'))) return undefined
  const nic = textAt(tree, type === 'host-device' ? 'device' : 'master')
  if (nic === undefined || nic === '' || !['macvlan', 'ipvlan', 'host-device'].includes(type)) return undefined
  const use = type === 'macvlan' && textAt(tree, 'mode') === 'passthru' ? 'macvlan passthru' : type
  return {network, plugin, use, nic}
}
