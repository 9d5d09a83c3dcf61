import type {Rule} from '../rule.ts'
import {leafAt} from '../tree-access.ts'

export const fixedAddressReplicas: Rule = {
  code: 'KL-L511',
  title: 'Several pods ask for one address',
  severity: 'error',
  why: 'Every pod of the template asks for the same address or MAC address: host-local refuses the second on a node and lets it pass on another, static checks nothing at all (multus facts 2.3).',
  fix: 'Use one replica, or let the IPAM choose',
  *request({attachments}, {replicas, kind}) {
    if (replicas !== 'per-node' && replicas < 2) return
    const count = replicas === 'per-node' ? 'a pod on every node' : `${replicas} pods`
    for (const {ips, tree} of attachments) {
      const [first] = ips
      const mac = leafAt(tree, 'mac')
      const at = first?.at ?? mac
      if (at)
        yield {
          at,
          message: `the ${kind} makes ${count}, and all of them ask for ${first?.text ?? mac?.value}`,
          fix: 'Use one replica, or let the IPAM choose',
        }
    }
  },
}
