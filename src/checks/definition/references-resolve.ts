import {findingsCheck} from './findings.ts'

/** N12: annotations that Multus can read, of networks that are where they are looked for (multus #337). */
export const referencesResolve = findingsCheck({
  id: 'N12',
  title: 'Pods name networks that exist',
  rules: ['KL-L501', 'KL-L502', 'KL-L503', 'KL-L505', 'KL-L512', 'KL-L513', 'KL-L514', 'KL-L517', 'KL-L601', 'KL-L602'],
})
