import {findingsCheck} from './findings.ts'

/** N14: device networks name a resource that a node has and that their pods ask for. */
export const devicesAdvertised = findingsCheck({
  id: 'N14',
  title: 'Devices are there',
  rules: ['KL-L208', 'KL-L209', 'KL-L515'],
})
