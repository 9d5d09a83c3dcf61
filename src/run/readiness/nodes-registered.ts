import type {Waiter} from './wait-context.ts'
import {watchUntil} from './watch-until.ts'

/** All these nodes are known to the API. */
export const nodesRegistered: Waiter<'nodes-registered'> = ({nodes}, context) =>
  watchUntil({apiVersion: 'v1', kind: 'Node'}, context, (objects) => {
    const known = new Set(objects.map(({metadata}) => metadata.name))
    const missing = nodes.filter((node) => !known.has(node))
    return {
      ready: missing.length === 0,
      seen: missing.length === 0 ? `all ${nodes.length} nodes registered` : `not registered: ${missing.join(', ')}`,
    }
  })
