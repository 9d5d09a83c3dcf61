import type {Check} from '../check.ts'
import {bothWays, type Pair} from './both-ways.ts'
import {matesOf} from './pairs.ts'

/** R01: two pods of one node reach each other over the network, both ways, bound to its interface. */
export const reachSameNode: Check<Pair> = {
  id: 'R01',
  title: 'Pods of one node reach each other',
  tier: 'quick',
  severity: 'error',
  needs: ['multus', 'attached-pods'],
  subjects: matesOf,
  ...bothWays,
}
