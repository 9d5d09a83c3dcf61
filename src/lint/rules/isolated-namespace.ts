import type {Rule} from '../rule.ts'
import {mayUse, namespaceOf} from '../scene.ts'

export const isolatedNamespace: Rule = {
  code: 'KL-L517',
  title: 'Multus keeps the pod from networks of that namespace',
  severity: 'error',
  why: 'With namespaceIsolation a pod may use the networks of its own namespace and of globalNamespaces, which is default unless a list replaces it; another keeps it from starting (multus v4.3.0 pkg/k8sclient/k8sclient.go). Judged only with a cluster.',
  fix: 'Make a network in the namespace of the pod: k8s-local net add TYPE NAME --namespace NAMESPACE',
  *request({attachments}, workload, {facts}) {
    if (!facts?.isolation) return
    const {shared} = facts.isolation
    const own = namespaceOf(workload)
    for (const {namespace, network} of attachments) {
      if (!namespace || mayUse(facts, own, namespace.text)) continue
      yield {
        at: namespace.at,
        message: `pods of ${own} may use its own networks and those of ${shared.join(', ')}, and not ${namespace.text}/${network.text}`,
        fix: `Make one for them: k8s-local net add TYPE ${network.text} --namespace ${own}`,
      }
    }
  },
}
