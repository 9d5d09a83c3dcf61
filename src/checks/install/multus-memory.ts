import type {MultusMode} from '../../catalog/multus/index.ts'
import type {Evidence, Probe, Verdict} from '../../steps/check-request.ts'
import {burstPods, burstSelector, burstSize} from '../../templates/burst-pods.ts'
import type {Check} from '../check.ts'
import {at, listAt, textAt} from '../json-path.ts'
import {couldNotLook, jsonOf, type Looked, textOf} from '../seen.ts'
import {type CgroupMemory, memoryProbe, quantityBytes, readMemory} from '../cgroup-memory.ts'
import {type MultusPod, upstreamSet, multusPodsProbe, readMultusPods} from './multus-pods.ts'

type Subject = {
  readonly mode: MultusMode
  readonly nodes: readonly string[]
  readonly namespace: string
  /** The node on which pods start at once. */
  readonly crowded: string
}

/** Bytes below which thick Multus was killed in the field; upstream's manifest gives it 50Mi (multus #1346, #1349, #1416). */
const floor = 128 * 2 ** 20

/** Of the limit. */
const headroom = 0.8

/** Seconds that the pods of the burst may take; after that somebody else has to say why. */
const patience = 50

/**
 * M07: Multus has memory enough while several pods start at once. Thick: plugins run in the daemon's memory, so pods are started on one node. Thin: they
 * run in the runtime's, so only what is there is looked at.
 */
export const multusMemory: Check<Subject> = {
  id: 'M07',
  title: 'Multus has memory enough',
  tier: 'default',
  severity: 'error',
  needs: ['multus', 'node-access', 'usual-multus'],
  settleSeconds: 60,
  subjects({multus, nodes, namespace}) {
    const crowded = nodes.find(({role}) => role === 'worker') ?? nodes[0]
    if (multus === 'none' || !crowded) return []
    return [{mode: multus, nodes: nodes.map(({name}) => name), namespace, crowded: crowded.name}]
  },
  label: () => '',
  props: ({mode, crowded}, {namespace, runId, image}) =>
    mode === 'thick' ? burstPods({namespace, runId, image, node: crowded}) : [],
  probes: ({mode, nodes, namespace, crowded}) => ({
    pods: multusPodsProbe,
    ...Object.fromEntries(nodes.map((node): [string, Probe] => [node, memoryProbe(node)])),
    ...(mode === 'thick' && {
      burst: {type: 'api', path: `/api/v1/namespaces/${namespace}/pods?labelSelector=${burstSelector}`},
      now: {type: 'node', node: crowded, argv: ['date', '+%s']},
    }),
  }),
  judge(evidence, {mode, nodes}) {
    const pods = readMultusPods(evidence, 'pods')
    if ('missing' in pods) return couldNotLook('the Multus pods', pods)
    const burst = mode === 'thick' ? readBurst(evidence) : undefined
    if (burst && 'missing' in burst) return couldNotLook('the pods that start at once', burst)
    const early = pods.value.filter(({killedAt}) => killedAt !== undefined && killedAt < (burst?.value.since ?? '9'))
    if (early.length > 0) return {status: 'skip', summary: 'Multus was killed for memory before: see multus-ready'}
    const seen: Use[] = []
    for (const node of nodes) {
      const looked = textOf(evidence, node)
      if ('missing' in looked) return couldNotLook(`the memory of ${node}`, looked)
      const memory = readMemory(looked.value)
      for (const pod of pods.value.filter((one) => one.node === node))
        seen.push({pod, memory: memory.get(pod.uid) ?? {used: 0, peak: 0, kills: 0}})
    }
    if (seen.length === 0) return {status: 'skip', summary: 'no Multus pod runs: see multus-ready'}
    return judgeKills(seen) ?? judgeBurst(burst?.value) ?? judgeUse(seen, mode)
  },
}

interface Use {
  readonly pod: MultusPod
  readonly memory: CgroupMemory
}

interface Burst {
  /** When the first of them was made; the API's own form. */
  readonly since: string
  readonly ready: number
  /** Seconds. */
  readonly age: number
}

function readBurst(evidence: Evidence): Looked<Burst> {
  const looked = jsonOf(evidence, 'burst')
  if ('missing' in looked) return looked
  const now = textOf(evidence, 'now')
  if ('missing' in now) return now
  const pods = listAt(looked.value, 'items')
  const since = pods.flatMap((pod) => textAt(pod, 'metadata', 'creationTimestamp') ?? []).toSorted()[0] ?? '9'
  const ready = pods.filter((pod) => at(pod, 'status', 'containerStatuses', 0, 'ready') === true).length
  return {value: {since, ready, age: Number(now.value) - Date.parse(since) / 1000}}
}

function judgeKills(seen: readonly Use[]): Verdict | undefined {
  const killed = seen.filter(({pod, memory}) => pod.killedAt !== undefined || memory.kills > 0)
  const [first] = killed
  if (!first) return undefined
  const {namespace, name} = upstreamSet
  return {
    status: 'fail',
    summary: `Multus, or a plugin in its memory, was killed while pods started on ${killed.map(({pod}) => pod.node).join(', ')}: its limit is ${first.pod.memoryLimit || 'that of the node'}`,
    evidence: seen.map(
      ({pod, memory}) => `${pod.node}: ${pod.restarts} restarts, ${memory.kills} kills, ${sayUse({pod, memory})}`,
    ),
    cause: 'its memory limit is too low for the pods that start at once (multus #1346, #1349)',
    fix: `kubectl -n ${namespace} set resources ds/${name} --limits=memory=1Gi`,
  }
}

function judgeBurst(burst: Burst | undefined): Verdict | undefined {
  if (!burst || burst.ready >= burstSize) return undefined
  const summary = `${burst.ready} of ${burstSize} pods that were started at once are Ready`
  return burst.age > patience
    ? {status: 'skip', summary: `${summary}: see attach-ready`}
    : {status: 'fail', summary: `${summary}, after ${Math.round(burst.age)} s`}
}

function judgeUse(seen: readonly Use[], mode: MultusMode): Verdict {
  const limitOf = ({pod}: Use) => quantityBytes(pod.memoryLimit) ?? Number.POSITIVE_INFINITY
  const fix = `kubectl -n ${upstreamSet.namespace} set resources ds/${upstreamSet.name} --limits=memory=1Gi`
  const full = seen.find((one) => one.memory.used > headroom * limitOf(one))
  if (full) return {status: 'warn', summary: `Multus on ${full.pod.node} uses ${sayUse(full)}`, fix}
  const low = seen.find((one) => mode === 'thick' && limitOf(one) < floor)
  if (low)
    return {
      status: 'warn',
      summary: `the memory limit of Multus is ${low.pod.memoryLimit}, ${burstSize} pods at once were not too many`,
      cause: "upstream's 50Mi is what most reports of a killed Multus have in common (multus #1346, #1349)",
      fix,
    }
  const most = seen.reduce((best, one) => (one.memory.peak > best.memory.peak ? one : best))
  return {
    status: 'pass',
    summary: `${sayUse(most)}${mode === 'thick' ? ` while ${burstSize} pods started at once` : '; plugins run outside of it'}`,
  }
}

function sayUse({pod: {memoryLimit}, memory: {used, peak}}: Use): string {
  return `${inMib(used)} of ${memoryLimit || 'no limit'}, at most ${inMib(peak)} with what can be freed`
}

function inMib(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20)} MiB`
}
