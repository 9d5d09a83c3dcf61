import type {Json} from '../../steps/object.ts'
import type {Check} from '../check.ts'
import {at, listAt, textAt} from '../json-path.ts'
import {multusPodsProbe} from '../install/multus-pods.ts'
import type {Workload} from '../rollout.ts'
import {couldNotLook, jsonOf} from '../seen.ts'
import {churn, churnJob, lacksInterface} from './churn.ts'
import {agentsOf, type Order, orderOn, restartMultus, restartPods, untilFirst} from './restarts.ts'

type Subject = {
  readonly namespace: string
  readonly networks: readonly string[]
  readonly agents: Workload
  readonly order: Order | null
}

/** Fewer pods than this that ended say little of a race. */
const fewest = 3

/** Seconds for them: a pod that is refused while Multus is away is tried again by the kubelet some 15 s later. */
const patience = 60

/** Seconds around a replacement of Multus in which its configuration may be away: until the old one has ended, and until the new one has written it. */
const around = 15

/**
 * RS03: while Multus and the primary CNI restart, no pod starts without its interfaces. When Multus' configuration is away for a moment, the runtime
 * takes the next one, and the pod runs with eth0 only: no event, no status (multus #1387, #535). The pods look for themselves, for nothing outside
 * them knows. While Multus itself is replaced on the node every release up to 4.3.0 allows that: a warning, with what mends it. At any other moment
 * it is a failure.
 */
export const noPodWithoutInterface: Check<Subject> = {
  id: 'RS03',
  title: 'No pod starts without its interface',
  tier: 'full',
  severity: 'error',
  needs: ['multus', 'attached-pods', 'cni', 'disruption'],
  subjects(scene) {
    const networks = scene.pods.find((pod) => pod.networks.length > 0)?.networks ?? []
    const nodes = scene.nodes.map(({name}) => name)
    const agents = agentsOf(scene)
    return agents ? [{namespace: scene.namespace, networks, agents, order: orderOn(scene, nodes)}] : []
  },
  ordeal: ({networks, agents, order, namespace}, stage) => [
    {
      title: 'Start pods that come and go',
      action: {type: 'apply-objects', objects: [churnJob(networks, stage)]},
    },
    restartMultus(),
    ...untilFirst(order),
    restartPods(agents),
    ...untilFirst(order),
    {
      title: `Wait until ${fewest} pods have come and gone`,
      action: {
        type: 'wait',
        for: {type: 'job-pods-ended', namespace, name: churn, count: fewest},
        timeoutSeconds: patience,
        onTimeout: 'continue',
      },
    },
    {
      title: 'Let no more pods come',
      action: {
        type: 'patch-object',
        ref: {apiVersion: 'batch/v1', kind: 'Job', namespace, name: churn},
        patch: {spec: {suspend: true}},
      },
    },
  ],
  label: () => '',
  probes: ({namespace}) => ({
    multus: multusPodsProbe,
    pods: {
      type: 'api',
      path: `/api/v1/namespaces/${namespace}/pods?labelSelector=app.kubernetes.io%2Fcomponent%3D${churn}`,
    },
  }),
  judge(evidence, {networks}) {
    const looked = jsonOf(evidence, 'pods')
    if ('missing' in looked) return couldNotLook('the pods that came and went', looked)
    const ends = listAt(looked.value, 'items').flatMap(endOf)
    const ran = ends.filter(({exitCode}) => exitCode === 0 || exitCode === lacksInterface)
    const without = ran.filter(({exitCode}) => exitCode === lacksInterface)
    const nics = networks.map((_, index) => `net${index + 1}`).join(', ')
    const multus = jsonOf(evidence, 'multus')
    const replaced = replacements('value' in multus ? listAt(multus.value, 'items') : [])
    const odd = without.filter((one) => !replaced.some((span) => isWithin(one, span)))
    if (without.length > 0) {
      const named = odd.length > 0 ? odd : without
      return {
        status: odd.length > 0 ? 'fail' : 'warn',
        summary: `${named.length} of ${ran.length} pods ran without ${nics} ${odd.length > 0 ? 'though Multus was there' : 'while Multus was replaced on their node'}: ${named.map(({pod, node}) => `${pod} on ${node}`).join(', ')}`,
        evidence: without.map(({pod, node, at: when}) => `${when} ${pod} on ${node}`),
        cause:
          odd.length > 0
            ? "Multus' configuration stayed away from the node, or another one came before it"
            : "Multus' configuration was away for a moment, and the runtime took the next one (multus #1387, #535)",
        fix: 'k8s-local repair finds pods without their interfaces, and replaces them',
      }
    }
    if (ran.length === 0)
      return {status: 'error', summary: 'no pod ended while Multus and the CNI restarted: nothing is proven'}
    const summary = `${ran.length} pods started and ended while Multus and the CNI restarted, each with ${nics}`
    return ran.length < fewest ? {status: 'warn', summary: `only ${summary}`} : {status: 'pass', summary}
  },
}

interface End {
  readonly pod: string
  readonly node: string
  readonly exitCode: number
  readonly at: string
}

interface Replacement {
  readonly node: string
  /** Milliseconds since 1970. */
  readonly from: number
  readonly to: number
}

/** When the pod of Multus on each node was replaced last; none where it has not come back. */
function replacements(pods: readonly Json[]): readonly Replacement[] {
  return pods.flatMap((pod) => {
    const started = textAt(pod, 'status', 'containerStatuses', 0, 'state', 'running', 'startedAt')
    const created = textAt(pod, 'metadata', 'creationTimestamp')
    if (started === undefined || created === undefined) return []
    const node = textAt(pod, 'spec', 'nodeName') ?? ''
    return [{node, from: Date.parse(created) - around * 1000, to: Date.parse(started) + around * 1000}]
  })
}

function isWithin({node, at: when}: End, span: Replacement): boolean {
  const time = Date.parse(when)
  return span.node === node && time >= span.from && time <= span.to
}

function endOf(pod: Json): readonly End[] {
  const ended = at(pod, 'status', 'containerStatuses', 0, 'state', 'terminated')
  const exitCode = at(ended, 'exitCode')
  if (typeof exitCode !== 'number') return []
  return [
    {
      pod: textAt(pod, 'metadata', 'name') ?? '',
      node: textAt(pod, 'spec', 'nodeName') ?? '',
      exitCode,
      at: textAt(ended, 'startedAt') ?? textAt(pod, 'status', 'startTime') ?? '',
    },
  ]
}
