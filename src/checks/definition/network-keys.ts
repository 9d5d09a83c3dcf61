import {findingsCheck} from './findings.ts'

/** N03: no key is missing, misspelt, or of the wrong kind. */
export const networkKeys = findingsCheck({
  id: 'N03',
  title: 'Plugins have the keys they need',
  rules: ['KL-L202', 'KL-L203', 'KL-L204', 'KL-L205'],
})
