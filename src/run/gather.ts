import type {Finished} from '../drivers/ports.ts'
import {Problem} from '../problem.ts'
import type {Evidence, Probe, Seen, Word} from '../steps/check-request.ts'
import {podsOf} from '../steps/pods-of-probe.ts'
import {nodeArgv, nodePodName} from '../templates/node-pods.ts'
import {spellOut, Unattached} from './attachment-of.ts'
import type {LookContext} from './batch/batch-looks.ts'
import {withDeadline} from './deadline.ts'
import type {StepContext} from './executor.ts'
import {inParallel} from './in-parallel.ts'
import {lookAgain, type LookAgainContext} from './look-again.ts'
import {offer} from './offer.ts'
import {ping} from './ping.ts'
import {conditionOf, isTrue} from './readiness/conditions.ts'
import {slowStart, startTimes} from './start-times.ts'

/** Seconds that one look may take where nobody says otherwise. */
const usualSeconds = 10

export interface GatherContext extends LookAgainContext, Pick<StepContext, 'kubernetes'> {
  /** Seconds that one look may take. */
  readonly lookSeconds?: number
  /** For looks that are made by themselves, where others are gathered. */
  readonly alone?: LookContext
  /** Namespace of the pods through which nodes are looked at; absent: the engine does it. */
  readonly nodePods?: string
  /** One probe after another. */
  readonly oneByOne?: boolean
}

/** Looks at everything at once, or at one thing after another. A look that fails is evidence too: `failed`, with the reason. Throws only when the signal aborts. */
export async function gather(probes: Readonly<Record<string, Probe>>, context: GatherContext): Promise<Evidence> {
  const seen = await inParallel(
    Object.entries(probes),
    async ([name, probe]) => [name, await lookInTime(probe, context)] as const,
    context.oneByOne === true ? 1 : undefined,
  )
  return Object.fromEntries(seen)
}

async function lookInTime(probe: Probe, context: GatherContext): Promise<Seen> {
  const {lookSeconds = usualSeconds} = context
  const seconds = lookSeconds + extraSeconds(probe)
  try {
    const end = await withDeadline(context.drivers.clock, seconds, context.signal, (signal) =>
      look(probe, {...context, signal, lookSeconds: seconds}),
    )
    return end.inTime ? end.value : {type: 'failed', reason: `no answer within ${seconds} s`}
  } catch (error) {
    if (context.signal.aborted || !(error instanceof Problem)) throw error
    const reason = [error.data.message, error.data.cause?.split('\n')[0]].filter(Boolean).join(': ')
    const unready = await unreadyPod(probe, context)
    if (unready === undefined && error instanceof Unattached) return {type: 'failed', reason, unattached: error.pod}
    return unready === undefined
      ? {type: 'failed', reason}
      : {type: 'failed', reason: `pod ${unready} is not Ready`, unready}
  }
}

async function look(probe: Probe, context: GatherContext): Promise<Seen> {
  const {signal, lookSeconds: timeoutSeconds} = context
  const options = {signal, ...(timeoutSeconds !== undefined && {timeoutSeconds})}
  const spell = (words: readonly Word[]) => spellOut(words, context.kubernetes, signal)
  switch (probe.type) {
    case 'api': {
      const value = await (await context.kubernetes()).get(probe.path, {signal})
      return value === undefined ? {type: 'failed', reason: `${probe.path} does not exist`} : {type: 'json', value}
    }
    case 'node':
      return {type: 'text', ...(await execOnNode(probe.node, await spell(probe.argv), options, context))}
    case 'pod': {
      const {namespace, pod: name, argv, alone} = probe
      const client = await ((alone && context.alone) || context).kubernetes()
      return {type: 'text', ...(await client.exec({namespace, name}, await spell(argv), options))}
    }
    case 'ping':
      return await ping(probe, context)
    case 'admission':
      return await offer(probe, context)
    case 'start-times':
      return await startTimes(probe, context)
    case 'verdict':
      return await lookAgain(probe, context)
  }
}

async function execOnNode(
  node: string,
  argv: readonly string[],
  options: {readonly signal: AbortSignal; readonly timeoutSeconds?: number},
  {drivers, kubernetes, nodePods}: GatherContext,
): Promise<Finished> {
  if (nodePods === undefined) return await drivers.engine.exec(node, argv, options)
  const pod = {namespace: nodePods, name: nodePodName(node)}
  return await (await kubernetes()).exec(pod, nodeArgv(argv), options)
}

/** The first pod of a probe that is not Ready. A look that failed for another reason has all its pods Ready, or they cannot be asked for. */
async function unreadyPod(probe: Probe, {kubernetes, signal}: GatherContext): Promise<string | undefined> {
  const client = await kubernetes().catch(() => undefined)
  for (const {namespace, pod} of podsOf(probe)) {
    const object = await client
      ?.read({apiVersion: 'v1', kind: 'Pod', namespace, name: pod}, signal)
      .catch(() => undefined)
    if (object && !isTrue(conditionOf(object, 'Ready'))) return `${namespace}/${pod}`
  }
  return undefined
}

/** What a probe takes by its nature, beside the look. */
function extraSeconds(probe: Probe): number {
  if (probe.type === 'ping') return probe.count
  if (probe.type === 'start-times') return probe.pods.length * slowStart
  return probe.type === 'verdict' ? (probe.looks - 1) * usualSeconds : 0
}
