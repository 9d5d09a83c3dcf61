import type {Rule} from '../rule.ts'
import {entryOf, leafAt} from '../tree-access.ts'

export const pluginAbsent: Rule = {
  code: 'KL-L207',
  title: 'A plugin is not on every node of the cluster',
  severity: 'error',
  why: 'The pod fails with: failed to find plugin in path [/opt/cni/bin]. Nodes of kind bring host-local, loopback, ptp and portmap only. Judged only with a cluster.',
  fix: 'Put the program into /opt/cni/bin of every node; k8s-local create does so for all plugins it knows',
  *network({config}, {facts}) {
    if (!facts || facts.plugins.length === 0) return
    for (const {tree, type, ipam} of config?.plugins ?? []) {
      for (const [name, leaf] of [
        [type, leafAt(tree, 'type')],
        [ipam?.type ?? '', leafAt(ipam?.tree, 'type')],
      ] as const) {
        if (name === '' || !leaf || facts.plugins.includes(name)) continue
        yield {
          at: leaf,
          message: `${name} is not in /opt/cni/bin of every node of ${facts.cluster}`,
          fix: name === 'whereabouts' ? 'k8s-local net add --ipam whereabouts installs it' : 'Install it on every node',
        }
      }
      if (entryOf(tree, 'type') === undefined) return
    }
  },
}
