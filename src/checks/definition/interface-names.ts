import {findingsCheck} from './findings.ts'

/** N11: names of interfaces that Linux takes, once in each pod. */
export const interfaceNames = findingsCheck({
  id: 'N11',
  title: 'Interfaces can have their names',
  rules: ['KL-L504'],
})
