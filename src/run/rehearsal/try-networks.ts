import {routeText} from '../../checks/rehearsal/judge-inside.ts'
import {judgeRehearsal} from '../../checks/rehearsal/judge-rehearsal.ts'
import type {NodeRehearsal, RehearsalSeen} from '../../checks/rehearsal/seen-rehearsal.ts'
import type {Clock} from '../../drivers/ports.ts'
import {Problem} from '../../problem.ts'
import type {CheckResult} from '../../steps/check-request.ts'
import {makeRunId} from '../run-id.ts'
import {minutesOver} from './former-pods.ts'
import {rehearse} from './rehearse.ts'
import type {Site} from './site.ts'

/** A network to try, with the configuration that holds on each node; a node that is absent has none. */
export interface TrialNetwork {
  /** For people: `namespace/name`, or the name and its file. */
  readonly label: string
  readonly name: string
  readonly namespace: string
  readonly configs: Readonly<Record<string, string>>
}

/** What one network showed. */
export interface TriedNetwork {
  readonly network: string
  readonly passed: boolean
  readonly nodes: readonly TriedNode[]
  readonly checks: readonly CheckResult[]
}

export interface TriedNode {
  readonly node: string
  readonly seconds: number
  readonly pods: readonly {
    readonly interface: string
    readonly addresses: readonly string[]
    readonly mac?: string
    readonly mtu?: number
    readonly routes: readonly string[]
  }[]
}

export interface TrialContext {
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Seconds after which a rehearsal goes no further, and takes back what it did. */
  readonly seconds: number
  /** Leases outside the nodes that carry one of these pods: by container id, what to call it. */
  readonly findLeases?: (containerIds: readonly string[]) => Promise<Readonly<Record<string, string>>>
}

/** Rehearses one network after another on all sites. Throws interrupted and wait-timeout, after everything is taken back. */
export async function tryNetworks(
  networks: readonly TrialNetwork[],
  {sites, ip, mac}: {readonly sites: readonly Site[]; readonly ip?: string; readonly mac?: string},
  context: TrialContext,
): Promise<readonly TriedNetwork[]> {
  const tried: TriedNetwork[] = []
  for (const {label, name, namespace, configs} of networks) {
    const wish = {
      network: label,
      name,
      namespace,
      runId: makeRunId(),
      olderThan: minutesOver(context.seconds),
      sites: sites.map((site) => ({site, config: configs[site.node] ?? ''})),
      ...(ip !== undefined && {ip}),
      ...(mac !== undefined && {mac}),
    }
    const seen = await inTime(context, (signal) => rehearse(wish, {clock: context.clock, signal}), label)
    tried.push(toTried(await withLeases(seen, context)))
  }
  return tried
}

async function inTime<T>(
  {clock, signal: outer, seconds}: TrialContext,
  work: (signal: AbortSignal) => Promise<T>,
  label: string,
): Promise<T> {
  const late = new AbortController()
  const over = new AbortController()
  clock.sleep(seconds * 1000, over.signal).then(
    () => late.abort(),
    () => undefined,
  )
  const result = await work(AbortSignal.any([outer, late.signal])).finally(() => over.abort())
  if (outer.aborted)
    throw new Problem('interrupted', {
      message: `Interrupted while ${label} was tried: what the rehearsal made is removed`,
    })
  if (late.signal.aborted) {
    throw new Problem('wait-timeout', {
      message: `The rehearsal of ${label} did not end within ${seconds} s: what it made is removed`,
      suggestions: ['Give it more time: --timeout 5m', 'k8s-local status'],
    })
  }
  return result
}

async function withLeases(seen: RehearsalSeen, {findLeases}: TrialContext): Promise<RehearsalSeen> {
  const ids = seen.nodes.flatMap(({pods}) => pods.map(({pod}) => pod.containerId))
  if (!findLeases || ids.length === 0) return seen
  const leases = await findLeases(ids)
  const nodes = seen.nodes.map((node) => ({
    ...node,
    left: [...node.left, ...node.pods.flatMap(({pod}) => leases[pod.containerId] ?? [])],
  }))
  return {...seen, nodes}
}

function toTried(seen: RehearsalSeen): TriedNetwork {
  const checks = judgeRehearsal(seen)
  return {
    network: seen.network,
    passed: !checks.some(({status}) => status === 'fail' || status === 'error'),
    nodes: seen.nodes.map(toNode),
    checks,
  }
}

function toNode({node, seconds, pods}: NodeRehearsal): TriedNode {
  return {
    node,
    seconds,
    pods: pods.flatMap(({pod, inside}) =>
      inside
        ? [
            {
              interface: pod.interface,
              addresses: inside.addresses,
              ...(inside.link?.mac !== undefined && {mac: inside.link.mac}),
              ...(inside.link && {mtu: inside.link.mtu}),
              routes: inside.routes.map(routeText),
            },
          ]
        : [],
    ),
  }
}
