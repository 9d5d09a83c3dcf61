import {ipams} from '../known/ipams.ts'
import {plugins} from '../known/plugins.ts'
import type {Rule} from '../rule.ts'
import {entryOf, listAt, startOf} from '../tree-access.ts'

export const missingKey: Rule = {
  code: 'KL-L204',
  title: 'A plugin lacks what it cannot do without',
  severity: 'error',
  why: 'The plugin refuses its configuration, and the pod does not start: ipvlan, vlan, ptp and dummy call their IPAM in any case, vlan needs master and vlanId, host-device a device, host-local a range (containernetworking/plugins v1.9.1).',
  fix: 'Add the key',
  *network({config, annotations}) {
    for (const {tree, type, ipam} of config?.plugins ?? []) {
      const own = Object.hasOwn(plugins, type) ? plugins[type] : undefined
      const at = entryOf(tree, 'type')?.value ?? startOf(tree)
      for (const key of own?.required ?? [])
        if (!entryOf(tree, key)) yield {at, message: `${type} needs "${key}"`, fix: `Add "${key}"`}
      const [first = '', ...others] = own?.requiredOneOf ?? []
      // A device plugin fills in deviceID.
      const byDevicePlugin = annotations && entryOf(annotations, 'k8s.v1.cni.cncf.io/resourceName')
      if (first !== '' && !byDevicePlugin && ![first, ...others].some((key) => entryOf(tree, key)))
        yield {at, message: `${type} needs one of ${[first, ...others].join(', ')}`, fix: `Add "${first}"`}
      if (own?.ipam === 'required' && !ipam && !entryOf(tree, 'ipam'))
        yield {at, message: `${type} needs "ipam"`, fix: 'Add "ipam", such as {"type": "static"}'}
      if (!ipam) continue
      const start = entryOf(tree, 'ipam')?.at ?? at
      if (ipam.tree.entries.length > 0 && ipam.type === '')
        yield {at: start, message: '"ipam" has no "type"', fix: 'Add "type": "host-local", or another'}
      if (ipam.tree.entries.length === 0 && own?.ipam === 'required')
        yield {at: start, message: `${type} needs an "ipam" with a type`, fix: 'Add "type"'}
      const pool = Object.hasOwn(ipams, ipam.type) ? ipams[ipam.type] : undefined
      const needed = pool?.requiredOneOf ?? []
      const empty = needed.length > 0 && !needed.some((key) => entryOf(ipam.tree, key))
      if (empty || listAt(ipam.tree, 'ranges')?.items.length === 0)
        yield {
          at: start,
          message: `${ipam.type} has no range to hand addresses out of`,
          fix: 'Add "ranges": [[{"subnet": "10.20.0.0/24"}]]',
        }
    }
  },
}
