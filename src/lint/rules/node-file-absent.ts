import type {Rule} from '../rule.ts'
import {namespaceOf, type Network} from '../scene.ts'

export const nodeFileAbsent: Rule = {
  code: 'KL-L111',
  title: 'A node has no file for a network without a configuration',
  severity: 'error',
  why: 'Multus then looks for the configuration in /etc/cni/multus/net.d of the node that the pod is on; a pod on a node without the file does not start (network-attachment-definition-client v1.7, cniconfig.go). Judged only with a cluster.',
  fix: 'Make the network anew with k8s-local net add, which writes the file on every node',
  *scene({networks, facts}) {
    // A node that nobody can look into may well have it.
    const nodes = (facts?.nodes ?? []).filter(({interfaces}) => interfaces.length > 0)
    const files = new Map<string, {readonly network: Network; readonly nodes: Set<string>}>()
    for (const network of networks) {
      const {node} = network.source
      if (node === undefined) continue
      const place = `${namespaceOf(network)}/${network.name}`
      const earlier = files.get(place)
      if (earlier) earlier.nodes.add(node)
      else files.set(place, {network, nodes: new Set([node])})
    }
    for (const {network, nodes: having} of files.values()) {
      const without = nodes.filter(({name}) => !having.has(name)).map(({name}) => name)
      if (without.length > 0)
        yield {
          on: network,
          at: network.nameAt,
          message: `${without.join(', ')} ${without.length === 1 ? 'has' : 'have'} no file for ${network.name}: pods do not start there`,
          fix: 'Make the network anew with k8s-local net add, which writes the file on every node',
        }
    }
  },
}
