import type {Rule} from '../rule.ts'

export const annotationForm: Rule = {
  code: 'KL-L501',
  title: 'Multus cannot read the annotation',
  severity: 'error',
  why: 'The annotation is either a list [namespace/]network[@interface], … or a JSON array of objects, told apart by one of [{"; anything else keeps the pod from starting (multus v4.3.0 pkg/k8sclient/k8sclient.go; multus-cni #372, #460).',
  fix: 'Write network, or [{"name": "network", "namespace": "team", "interface": "data1"}]',
  *workload({request, defaultRequest}) {
    for (const {faults} of [request, defaultRequest].filter((one) => one !== undefined))
      for (const {start, end, message, fix, edit} of faults)
        yield {at: {start, end}, message: `the annotation cannot be read: ${message}`, fix, ...(edit && {edit})}
  },
}
