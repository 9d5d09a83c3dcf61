import {findingsCheck} from './findings.ts'

/** N10: no two networks on one NIC that exclude each other, nor on one that drops the frames of pods. */
export const masterShared = findingsCheck({
  id: 'N10',
  title: 'NICs carry what is on them',
  rules: ['KL-L402', 'KL-L404'],
})
