import {editIn} from '../edits.ts'
import type {Rule} from '../rule.ts'
import {multusNamespace as home, namespaceOf} from '../scene.ts'

export const defaultNetwork: Rule = {
  code: 'KL-L510',
  title: 'The default network is looked for in kube-system',
  severity: 'error',
  why: "v1.multus-cni.io/default-network names exactly one network, and without a namespace it is looked for in Multus' own, kube-system, not in the pod's (multus v4.3.0 pkg/k8sclient/k8sclient.go). The pod then has no interface of the cluster's own network.",
  fix: 'Write namespace/network',
  *workload(workload, {network, facts}) {
    const request = workload.defaultRequest
    if (!request) return
    const [first, second] = request.attachments
    if (second)
      yield {
        at: second.at,
        message: 'default-network takes one network',
        fix: 'Put the others into k8s.v1.cni.cncf.io/networks',
      }
    if (!first || network(first.namespace?.text ?? home, first.network.text)) return
    if (first.namespace) {
      // Offline it may well be in the cluster already.
      if (facts)
        yield {
          at: first.network.at,
          message: `there is no network ${first.namespace.text}/${first.network.text}`,
          fix: 'k8s-local net list shows the networks of the cluster',
        }
      return
    }
    const own = network(namespaceOf(workload), first.network.text)
    const where = own ? namespaceOf(own) : namespaceOf(workload)
    yield {
      at: first.network.at,
      severity: own ? 'error' : 'warn',
      message: `${first.network.text} is looked for in ${home}${own ? `, and is in ${where}` : ", not in the pod's namespace"}`,
      fix: `Write ${own ? where : 'NAMESPACE'}/${first.network.text}`,
      ...(own &&
        request.form === 'short' && {
          edit: editIn(request.host, {start: first.network.at.start, end: first.network.at.start}, `${where}/`),
        }),
    }
  },
}
