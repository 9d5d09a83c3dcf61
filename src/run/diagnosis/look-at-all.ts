import {collectors} from '../../diagnosis/collectors/index.ts'
import type {ClusterView, Look} from '../../diagnosis/collector.ts'
import {faultOf, type LookResult, resultOf} from '../../diagnosis/look-result.ts'
import type {Seen} from '../../steps/check-request.ts'
import {gather, type GatherContext} from '../gather.ts'
import {inParallel} from '../in-parallel.ts'
import {lookAtEngine} from './look-at-engine.ts'

export interface Looked {
  readonly look: Look
  readonly result: LookResult
}

/** Seconds that all looks together may take; what has not begun by then is not looked at. */
const wholeSeconds = 60
/** Seconds that one look may take. */
const mostSeconds = 15
/** Looks at one time: each may start a program on a node. */
const atOnce = 8

/** Looks at everything that there is to collect, each thing within its own time and all within a minute. Throws only when the signal aborts. */
export async function lookAtAll(view: ClusterView, context: GatherContext): Promise<readonly Looked[]> {
  const {clock} = context.drivers
  const end = clock.now() + wholeSeconds * 1000
  return await inParallel(
    collectors.flatMap((collector) => collector(view)),
    async (look) => {
      const lookSeconds = Math.min(mostSeconds, Math.floor((end - clock.now()) / 1000))
      const fault = faultOf(look, view) ?? (lookSeconds < 1 ? `${wholeSeconds} s were over before its turn` : undefined)
      if (fault !== undefined) return {look, result: {fault}}
      return {look, result: resultOf(await see(look, view, {...context, lookSeconds}), look)}
    },
    atOnce,
  )
}

async function see({probe}: Look, {cluster}: ClusterView, context: GatherContext): Promise<Seen> {
  // A signal of its own: Node warns of more than ten listeners on one.
  const signal = AbortSignal.any([context.signal])
  if (probe.type === 'engine') return await lookAtEngine(probe, {cluster, drivers: context.drivers, signal})
  const {seen} = await gather({seen: probe}, {...context, signal})
  return seen ?? {type: 'failed', reason: 'nothing was seen'}
}
