import {at, textAt} from '../json-path.ts'
import {pluginObjects} from '../network-config.ts'

/** What a network's configuration says of its MTU. */
export type ExpectedMtu =
  /** The configuration names it: the plugin itself, or `tuning` after it. */
  | {readonly from: 'configuration'; readonly mtu: number}
  /** It is that of a NIC of the node; of the one with the default route where the configuration names none. */
  | {readonly from: 'master'; readonly master?: string}
  /** The kernel's own for a link of its kind, as the plugin asks for none. */
  | {readonly from: 'kernel'; readonly mtu: number}
  | {readonly from: 'nobody'}

/** Types whose interface takes the MTU of its master where it has none of its own (plugins v1.9.1, plugins/main). */
const onMaster = ['macvlan', 'ipvlan', 'vlan']

/** Types that make a link of their own, which the kernel gives 1500. */
const ownLink = ['bridge', 'ptp', 'tap', 'dummy']

export function expectedMtu(config: string): ExpectedMtu {
  const [main, ...chain] = pluginObjects(config)
  const type = textAt(main, 'type') ?? ''
  const said = [...chain.filter((plugin) => textAt(plugin, 'type') === 'tuning').toReversed(), main].flatMap(
    (plugin) => {
      const mtu = at(plugin, 'mtu')
      return typeof mtu === 'number' && mtu > 0 ? [mtu] : []
    },
  )[0]
  if (said !== undefined) return {from: 'configuration', mtu: said}
  if (onMaster.includes(type)) {
    const master = textAt(main, 'master')
    return master === undefined || master === '' ? {from: 'master'} : {from: 'master', master}
  }
  return ownLink.includes(type) ? {from: 'kernel', mtu: 1500} : {from: 'nobody'}
}
