import {findingsCheck} from './findings.ts'

/** N02: plugins that are known, in an order that works. Whether their programs are there is judged by plugins-present. */
export const networkTypesKnown = findingsCheck({
  id: 'N02',
  title: 'Plugins are known and in order',
  rules: ['KL-L201', 'KL-L206', 'KL-L207'],
})
