import type {Rule} from '../rule.ts'
import {entryOf, isTrue, numberAt, startOf, treeAt} from '../tree-access.ts'

export const clashingKeys: Rule = {
  code: 'KL-L205',
  title: 'Two settings of a plugin exclude each other',
  severity: 'error',
  why: 'The plugin refuses them together: hairpinMode with promiscMode, disableContainerInterface with ipam (bridge); a rate without its burst (bandwidth); vlanQoS without vlan, min_tx_rate above max_tx_rate (sriov). Read in containernetworking/plugins v1.9.1 and sriov-cni v2.10.',
  fix: 'Keep one of them',
  *network({config}) {
    for (const {tree, type} of config?.plugins ?? []) {
      const at = (key: string) => entryOf(tree, key)?.at ?? startOf(tree)
      const on = (key: string) => isTrue(treeAt(tree, key))
      const both = (one: string, other: string) => ({
        at: at(other),
        message: `${type} refuses "${one}" together with "${other}"`,
        fix: `Remove "${one}" or "${other}"`,
      })
      if (type === 'bridge' && on('hairpinMode') && on('promiscMode')) yield both('hairpinMode', 'promiscMode')
      if (type === 'bridge' && on('disableContainerInterface') && entryOf(tree, 'ipam'))
        yield both('disableContainerInterface', 'ipam')
      if (type === 'bandwidth') {
        for (const way of ['ingress', 'egress']) {
          const has = [`${way}Rate`, `${way}Burst`].filter((key) => (numberAt(tree, key) ?? 0) > 0)
          const [only] = has
          if (has.length === 1 && only !== undefined) {
            const other = only.endsWith('Rate') ? `${way}Burst` : `${way}Rate`
            yield {
              at: at(only),
              message: `"${only}" works only together with "${other}"`,
              fix: `Add "${other}", in bits`,
            }
          }
        }
      }
      if (type !== 'sriov') continue
      if (numberAt(tree, 'vlanQoS') && !numberAt(tree, 'vlan'))
        yield {at: at('vlanQoS'), message: '"vlanQoS" needs a "vlan"', fix: 'Add "vlan", or remove "vlanQoS"'}
      const most = numberAt(tree, 'max_tx_rate') ?? 0
      if (most > 0 && (numberAt(tree, 'min_tx_rate') ?? 0) > most)
        yield {at: at('min_tx_rate'), message: '"min_tx_rate" is above "max_tx_rate"', fix: 'Make it at most that'}
    }
  },
}
