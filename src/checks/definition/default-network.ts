import {findingsCheck} from './findings.ts'

/** N15: a pod's own default network is in kube-system, unless its namespace is said. */
export const defaultNetwork = findingsCheck({
  id: 'N15',
  title: 'Default network is where Multus looks',
  rules: ['KL-L510'],
})
