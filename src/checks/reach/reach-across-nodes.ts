import type {Check} from '../check.ts'
import {bothWays, type Pair} from './both-ways.ts'
import {neighboursOf} from './pairs.ts'

/** R02: pods of two nodes reach each other over a network that spans them, both ways, bound to its interface. */
export const reachAcrossNodes: Check<Pair> = {
  id: 'R02',
  title: 'Pods of two nodes reach each other',
  tier: 'quick',
  severity: 'error',
  needs: ['multus', 'attached-pods'],
  subjects: neighboursOf,
  ...bothWays,
}
