import {findingsCheck} from './findings.ts'

/** N07: ranges overlap neither each other nor what the cluster or this machine has. */
export const rangesApart = findingsCheck({
  id: 'N07',
  title: 'Ranges do not overlap',
  rules: ['KL-L304', 'KL-L305', 'KL-L309'],
})
