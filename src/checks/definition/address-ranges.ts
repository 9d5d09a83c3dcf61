import {findingsCheck} from './findings.ts'

/** N05: ranges and gateways inside their subnets, and addresses enough. */
export const addressRanges = findingsCheck({
  id: 'N05',
  title: 'Address ranges are sound',
  rules: ['KL-L301', 'KL-L302', 'KL-L303', 'KL-L308', 'KL-L516'],
})
