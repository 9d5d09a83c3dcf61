import type {Evidence, Probe} from '../../steps/check-request.ts'
import type {Json} from '../../steps/object.ts'
import {at, countAt, listAt, textAt} from '../json-path.ts'
import type {MultusSet} from '../check.ts'
import {workloadPath} from '../rollout.ts'
import {jsonOf, type Looked} from '../seen.ts'

/** Where upstream's manifests put it; both variants of Multus label their pods so. */
export const upstreamSet: MultusSet = {namespace: 'kube-system', name: 'kube-multus-ds', selector: 'app=multus'}

/** The DaemonSet, and the pods that `readMultusPods` understands. */
export function multusProbes({namespace, name, selector}: MultusSet): Readonly<Record<'daemonSet' | 'pods', Probe>> {
  return {
    daemonSet: {type: 'api', path: workloadPath({kind: 'DaemonSet', namespace, name})},
    pods: {type: 'api', path: `/api/v1/namespaces/${namespace}/pods?labelSelector=${encodeURIComponent(selector)}`},
  }
}

export const {daemonSet: multusDaemonSetProbe, pods: multusPodsProbe} = multusProbes(upstreamSet)

/** A pod of Multus, as far as checks judge it. */
export interface MultusPod {
  readonly name: string
  readonly uid: string
  readonly node: string
  readonly ready: boolean
  readonly restarts: number
  /** When a container of it was last killed for memory; absent: never. */
  readonly killedAt?: string
  readonly state: string
  /** Of the main container: what was asked for, and what the runtime calls it. */
  readonly image: string
  readonly imageId: string
  /** As it is written, such as `50Mi`; empty where it has none. */
  readonly memoryLimit: string
}

export function readMultusPods(evidence: Evidence, key: string): Looked<readonly MultusPod[]> {
  const looked = jsonOf(evidence, key)
  return 'missing' in looked ? looked : {value: listAt(looked.value, 'items').map(toMultusPod)}
}

function toMultusPod(pod: Json): MultusPod {
  const containers = [...listAt(pod, 'status', 'initContainerStatuses'), ...listAt(pod, 'status', 'containerStatuses')]
  const main = at(pod, 'status', 'containerStatuses', 0)
  const killedAt = containers
    .flatMap((container) => killOf(container) ?? [])
    .toSorted()
    .at(-1)
  return {
    name: textAt(pod, 'metadata', 'name') ?? '',
    uid: textAt(pod, 'metadata', 'uid') ?? '',
    node: textAt(pod, 'spec', 'nodeName') ?? '(no node)',
    ready: at(main, 'ready') === true,
    restarts: containers.reduce<number>((sum, container) => sum + countAt(container, 'restartCount'), 0),
    ...(killedAt !== undefined && {killedAt}),
    state:
      textAt(main, 'state', 'waiting', 'reason') ??
      Object.keys(at(main, 'state') ?? {})[0] ??
      textAt(pod, 'status', 'phase') ??
      'unknown',
    image: textAt(pod, 'spec', 'containers', 0, 'image') ?? '',
    imageId: textAt(main, 'imageID') ?? '',
    memoryLimit: textAt(pod, 'spec', 'containers', 0, 'resources', 'limits', 'memory') ?? '',
  }
}

function killOf(container: Json): string | undefined {
  for (const state of ['state', 'lastState'])
    if (textAt(container, state, 'terminated', 'reason') === 'OOMKilled')
      return textAt(container, state, 'terminated', 'finishedAt') ?? ''
  return undefined
}
