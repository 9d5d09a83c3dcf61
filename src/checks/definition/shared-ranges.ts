import {findingsCheck} from './findings.ts'

/** N06: host-local counts for itself on every node (multus #1150 and its like). */
export const sharedRanges = findingsCheck({
  id: 'N06',
  title: 'No two nodes hand out an address',
  rules: ['KL-L110', 'KL-L306', 'KL-L310'],
})
