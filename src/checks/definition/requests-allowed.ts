import {findingsCheck} from './findings.ts'

/** N08: addresses and the like that pods ask for are declared, and can be given. */
export const requestsAllowed = findingsCheck({
  id: 'N08',
  title: 'Networks take what pods ask',
  rules: ['KL-L506', 'KL-L507', 'KL-L508', 'KL-L511', 'KL-L702'],
})
