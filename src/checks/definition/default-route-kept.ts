import {findingsCheck} from './findings.ts'

/** N13: no network takes the default route of its pods unasked. */
export const defaultRouteKept = findingsCheck({
  id: 'N13',
  title: 'Default route stays',
  rules: ['KL-L307', 'KL-L509'],
})
