import {Problem} from '../problem.ts'
import type {Evidence, Probe, Seen} from '../steps/check-request.ts'
import {withDeadline} from './deadline.ts'
import type {StepContext} from './executor.ts'
import {offer} from './offer.ts'
import {ping} from './ping.ts'

/** Seconds that one look may take where nobody says otherwise. */
const usualSeconds = 10

export interface GatherContext extends Pick<StepContext, 'drivers' | 'signal' | 'kubernetes'> {
  /** Seconds that one look may take. */
  readonly lookSeconds?: number
}

/** Looks at everything at once. A look that fails is evidence too: `failed`, with the reason. Throws only when the signal aborts. */
export async function gather(probes: Readonly<Record<string, Probe>>, context: GatherContext): Promise<Evidence> {
  const seen = await Promise.all(
    Object.entries(probes).map(async ([name, probe]) => [name, await lookInTime(probe, context)] as const),
  )
  return Object.fromEntries(seen)
}

async function lookInTime(probe: Probe, context: GatherContext): Promise<Seen> {
  const {lookSeconds = usualSeconds} = context
  const seconds = probe.type === 'ping' ? lookSeconds + probe.count : lookSeconds
  try {
    const end = await withDeadline(context.drivers.clock, seconds, context.signal, (signal) =>
      look(probe, {...context, signal, lookSeconds: seconds}),
    )
    return end.inTime ? end.value : {type: 'failed', reason: `no answer within ${seconds} s`}
  } catch (error) {
    if (context.signal.aborted || !(error instanceof Problem)) throw error
    return {type: 'failed', reason: [error.data.message, error.data.cause?.split('\n')[0]].filter(Boolean).join(': ')}
  }
}

async function look(probe: Probe, context: GatherContext): Promise<Seen> {
  const {signal, drivers, lookSeconds: timeoutSeconds} = context
  const options = {signal, ...(timeoutSeconds !== undefined && {timeoutSeconds})}
  switch (probe.type) {
    case 'api': {
      const value = await (await context.kubernetes()).get(probe.path, {signal})
      return value === undefined ? {type: 'failed', reason: `${probe.path} does not exist`} : {type: 'json', value}
    }
    case 'node':
      return {type: 'text', ...(await drivers.engine.exec(probe.node, probe.argv, options))}
    case 'pod': {
      const {namespace, pod: name, argv} = probe
      return {type: 'text', ...(await (await context.kubernetes()).exec({namespace, name}, argv, options))}
    }
    case 'ping':
      return await ping(probe, context)
    case 'admission':
      return await offer(probe, context)
  }
}
