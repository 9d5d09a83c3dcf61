import type {Measure, StartTime} from '../../steps/check-request.ts'
import type {KubernetesObject} from '../../steps/object.ts'
import {probePod} from '../../templates/probe-pods.ts'
import type {Baseline, Check, Scene} from '../check.ts'
import {neverStarted, seeAttachReady} from '../pod-start.ts'
import {couldNotLook, jsonOf} from '../seen.ts'
import {baselineOf, compareMeasures} from './compare-measures.ts'
import {inWords, toTable} from './figures.ts'

type Subject = {
  readonly kinds: readonly Kind[]
  readonly node: string
  /** A probe pod with the same networks. */
  readonly carrier: string
  readonly namespace: string
  readonly runId: string
  readonly image: string
  readonly baseline: Baseline | null
}

type Kind = {
  /** `1-network`. */
  readonly name: string
  readonly networks: readonly string[]
}

const podsOfKind = 5

/** Networks on one pod: none, one, and four, repeated where the cluster has fewer. */
const counts = [0, 1, 4] as const

/** A pod that takes longer than this to get its interfaces is a failure, whatever was measured before: the SLO of Kubernetes for a whole start is five. */
const tooSlow = 10

/**
 * T02: how long it takes from a pod's creation until its sandbox has all interfaces, and until it is Ready, with no, one and four networks. One pod
 * after another on one node: what is measured is the path of one pod, and not how busy the machine is.
 */
export const attachLatency: Check<Subject> = {
  id: 'T02',
  title: 'Time until a pod is attached',
  tier: 'full',
  severity: 'error',
  needs: ['multus', 'attached-pods'],
  subjects: (scene) => subjectOf(scene),
  ordeal: () => [],
  label: ({node}) => node,
  probes: (subject) => ({
    carrier: {type: 'api', path: `/api/v1/namespaces/${subject.namespace}/pods/${subject.carrier}`},
    starts: {type: 'start-times', pods: podsOf(subject)},
  }),
  judge(evidence, {kinds, baseline, carrier}) {
    const carried = jsonOf(evidence, 'carrier')
    if ('value' in carried && neverStarted(carried.value)) return seeAttachReady(carrier)
    const {starts} = evidence
    if (starts?.type !== 'start-times')
      return couldNotLook('the starts of pods', {
        missing: starts?.type === 'failed' ? starts.reason : 'nothing was seen',
      })
    const rows = kinds.map(({name}) => {
      const own = starts.pods.filter(({pod}) => pod.startsWith(`start-${name}-`))
      return {name, own, measures: measuresOf(name, own)}
    })
    const measures = rows.flatMap((row) => row.measures)
    const table = toTable([
      ['networks', 'sandbox p50', 'sandbox p99', 'Ready p50', 'Ready p99'],
      ...rows.map(({name, measures: own}) => [name, ...own.map((measure) => inWords(measure))]),
    ])
    const late = rows.flatMap(({own}) => own.filter(({ready, sandbox}) => ready === null || (sandbox ?? 0) > tooSlow))
    if (late.length > 0) {
      return {
        status: 'fail',
        summary: `${late.length} of ${starts.pods.length} pods were not attached within ${tooSlow} s: ${late.map(({pod}) => pod).join(', ')}`,
        evidence: table,
        cause: 'a plugin waits: for an address, for the API, or for CPU that a limit keeps from it',
        fix: 'kubectl -n kube-system top pods; kubectl get events -A',
        measures,
      }
    }
    const compared = baseline ? compareMeasures(measures, baseline) : undefined
    return {
      status: 'pass',
      summary: rows.map(({name, measures: own}) => `${name} ${own[2] ? inWords(own[2]) : ''}`).join(', '),
      ...compared,
      evidence: [...table, ...(compared?.evidence ?? [])],
      measures,
    }
  },
}

function subjectOf({pods, nodes, image = '', runId = '', namespace, baseline}: Scene): readonly Subject[] {
  const carrier =
    pods.find(({node, networks}) => networks.length > 0 && nodes.find(({name}) => name === node)?.role === 'worker') ??
    pods.find(({networks}) => networks.length > 0)
  if (!carrier) return []
  const kinds = counts.map((count) => ({
    name: `${count}-network${count === 1 ? '' : 's'}`,
    networks: Array.from({length: count}, (_, index) => carrier.networks[index % carrier.networks.length] ?? ''),
  }))
  return [
    {
      kinds,
      node: carrier.node,
      carrier: carrier.name,
      namespace,
      runId,
      image,
      baseline: baselineOf(baseline, ['start']),
    },
  ]
}

function podsOf({kinds, node, namespace, runId, image}: Subject): readonly KubernetesObject[] {
  return kinds.flatMap(({name, networks}) =>
    Array.from({length: podsOfKind}, (_, index) =>
      probePod({name: `start-${name}-${index + 1}`, node, namespace, networks, runId, image, component: 'start'}),
    ),
  )
}

/** Sandbox and Ready, p50 and p99 each; of so few pods p99 is the slowest. */
function measuresOf(kind: string, starts: readonly StartTime[]): readonly Measure[] {
  return (['sandbox', 'ready'] as const).flatMap((until) => {
    const times = starts.map((one) => one[until]).filter((time) => time !== null)
    return ([50, 99] as const).flatMap((percent): readonly Measure[] => {
      const value = percentile(times, percent)
      return value === undefined ? [] : [{name: `start/${kind}/${until}/p${percent}`, value, unit: 's'}]
    })
  })
}

/** The value that so many percent do not exceed (nearest rank); undefined of none. */
function percentile(values: readonly number[], percent: number): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil((percent / 100) * values.length) - 1)]
}
