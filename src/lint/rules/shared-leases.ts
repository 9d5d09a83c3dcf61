import type {Rule} from '../rule.ts'
import {namespaceOf, type Network} from '../scene.ts'
import {leafAt, textAt} from '../tree-access.ts'

export const sharedLeases: Rule = {
  code: 'KL-L110',
  title: 'Networks of two namespaces share the leases of host-local',
  severity: 'warn',
  why: 'host-local keeps its leases in a folder with the name of the configuration, which knows no namespace: each of the two finds addresses taken that the other handed out (plugins host-local, backend/disk).',
  fix: 'Give the configuration a "name" of its own, such as NAMESPACE-NAME',
  *scene({networks}) {
    const first = new Map<string, Network>()
    for (const network of networks) {
      const ipam = network.config?.plugins.find((plugin) => plugin.ipam?.type === 'host-local')?.ipam
      if (!ipam) continue
      const folder = `${textAt(ipam.tree, 'dataDir') ?? ''}/${network.config?.name}`
      const earlier = first.get(folder)
      if (!earlier) first.set(folder, network)
      else if (namespaceOf(earlier) !== namespaceOf(network) && !network.known)
        yield {
          on: network,
          at: leafAt(network.config?.root, 'name') ?? network.nameAt,
          message: `it shares the leases of host-local with ${namespaceOf(earlier)}/${earlier.name}: both are called ${network.config?.name}`,
          fix: `Write "name": "${namespaceOf(network)}-${network.name}" into the configuration`,
        }
    }
  },
}
