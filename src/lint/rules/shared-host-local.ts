import {ipams} from '../known/ipams.ts'
import {plugins} from '../known/plugins.ts'
import type {Rule} from '../rule.ts'
import {leafAt} from '../tree-access.ts'

export const sharedHostLocal: Rule = {
  code: 'KL-L306',
  title: 'Every node hands out the same addresses on a shared layer 2',
  severity: 'warn',
  why: 'host-local keeps its leases on each node for itself: pods on two nodes get the same first address (seen on a real cluster, and in multus-cni #1150, #640, #529, #278, #185, #144). On a bridge the nodes do not meet, so it does no harm there. With a cluster of several nodes it is an error.',
  fix: 'Use whereabouts or static, or let k8s-local net add give every node its own slice',
  *network({config, source}, {facts}) {
    // Each node's file has a range of its own: see shared-slices.
    if (source.node !== undefined) return
    const [main] = config?.plugins ?? []
    const known = main && Object.hasOwn(plugins, main.type) ? plugins[main.type] : undefined
    const ipam = main?.ipam
    if (!known?.spansNodes || !ipam || !Object.hasOwn(ipams, ipam.type) || !ipams[ipam.type]?.perNode) return
    // One pod at a time holds a device or a virtual function; what it is plugged into is not ours to know.
    if (main?.type === 'host-device' || (facts && facts.nodes.length === 1)) return
    yield {
      at: leafAt(ipam.tree, 'type') ?? ipam.tree,
      severity: facts ? 'error' : 'warn',
      message: `${ipam.type} hands out the same addresses on every node, and ${main?.type} connects the nodes`,
      fix: 'Use "type": "whereabouts" or "static", or let k8s-local net add give every node its own slice',
    }
  },
}
