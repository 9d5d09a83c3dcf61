import type {Rule} from '../rule.ts'
import {namespaceOf, type Network} from '../scene.ts'

export const duplicateNetwork: Rule = {
  code: 'KL-L109',
  title: 'Two networks have one name in one namespace',
  severity: 'error',
  why: 'kubectl apply makes one object of them: the last one counts, and which that is depends on the order of files.',
  fix: 'Rename one of them, or remove it',
  *scene({networks}) {
    const first = new Map<string, Network>()
    for (const network of networks) {
      if (network.known || network.source.node !== undefined) continue
      const place = `${namespaceOf(network)}/${network.name}`
      const earlier = first.get(place)
      if (earlier)
        yield {
          on: network,
          // Files may be alternatives of each other; one file is applied as a whole.
          ...(earlier.source !== network.source && {severity: 'warn' as const}),
          at: network.nameAt,
          message: `${place} is there already, in ${earlier.source.name}`,
          fix: 'Rename one of them, or remove it',
        }
      else first.set(place, network)
    }
  },
}
