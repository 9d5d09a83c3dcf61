import {conditionOf, isTrue} from './conditions.ts'
import type {Waiter} from './wait-context.ts'
import {watchUntil} from './watch-until.ts'

/** All these nodes have the condition Ready. */
export const nodesReady: Waiter<'nodes-ready'> = ({nodes}, context) =>
  watchUntil({apiVersion: 'v1', kind: 'Node'}, context, (objects) => {
    const conditions = new Map(objects.map((object) => [object.metadata.name, conditionOf(object, 'Ready')]))
    const waiting = nodes.filter((node) => !isTrue(conditions.get(node)))
    const words = waiting.map((node) => `${node}: ${conditions.get(node)?.message ?? 'not registered'}`)
    return {ready: waiting.length === 0, seen: words.join('; ') || `all ${nodes.length} nodes Ready`}
  })
