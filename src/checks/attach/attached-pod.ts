import type {Evidence, Probe, Verdict} from '../../steps/check-request.ts'
import type {Json} from '../../steps/object.ts'
import type {Scene, SceneNetwork} from '../check.ts'
import {listAt} from '../json-path.ts'
import {networkStatusOf, type StatusEntry} from '../network-status.ts'
import {isReady} from '../pod-start.ts'
import {couldNotLook, jsonOf} from '../seen.ts'

/** A pod, and the networks that it asked for, in order: the subject of the checks that look at attachments. */
export type AttachedPod = {
  readonly namespace: string
  readonly pod: string
  readonly node: string
  readonly networks: readonly WantedNetwork[]
}

export type WantedNetwork = {
  /** `namespace/name`. */
  readonly network: string
  /** The configuration that holds on the pod's node. */
  readonly config: string
  readonly spansNodes: boolean
}

/** The probe pods that ask for networks. */
export function attachedPods({pods, networks, namespace}: Scene): readonly AttachedPod[] {
  return pods
    .filter((pod) => pod.networks.length > 0)
    .map(({name, node, networks: names}) => ({
      namespace,
      pod: name,
      node,
      networks: names.map((network) => wantedOf(network, node, networks)),
    }))
}

export function labelOf({pod, node}: AttachedPod): string {
  return `${pod} on ${node}`
}

/** The name that Multus gives the interface of a network by its place, where the pod asks for none (multus v4.3.0 pkg/multus). */
export function interfaceOf(place: number): string {
  return `net${place + 1}`
}

export function podObject({namespace, pod}: AttachedPod): Probe {
  return {type: 'api', path: `/api/v1/namespaces/${namespace}/pods/${pod}`}
}

/** What Multus has reported of a pod, as seen by the probe `pod`; else the verdict of a check that cannot judge without it, which names the check that can. */
export function reportOf(
  evidence: Evidence,
  {pod}: AttachedPod,
): {readonly entries: readonly StatusEntry[]} | {readonly verdict: Verdict} {
  const object = jsonOf(evidence, 'pod')
  if ('missing' in object) return {verdict: couldNotLook(`pod ${pod}`, object)}
  if (!isReady(object.value)) return {verdict: {status: 'skip', summary: `${pod} is not Ready: see attach-ready`}}
  const entries = networkStatusOf(object.value)
  if (entries === undefined)
    return {verdict: {status: 'skip', summary: `Multus has reported nothing of ${pod}: see attach-listed`}}
  return {entries}
}

export function itemsOf(evidence: Evidence, key: string): readonly Json[] {
  const looked = jsonOf(evidence, key)
  return 'value' in looked ? listAt(looked.value, 'items') : []
}

/** One verdict of many faults: the first one, and all of them as evidence. */
export function firstOf(faults: readonly Verdict[]): Verdict | undefined {
  const [first] = faults
  return first && {...first, evidence: faults.map(({summary}) => summary)}
}

function wantedOf(network: string, node: string, networks: readonly SceneNetwork[]): WantedNetwork {
  const found = networks.find(({namespace, name}) => `${namespace}/${name}` === network)
  const config = found?.config === '' ? found.nodeConfigs?.[node] : found?.config
  return {network, config: config ?? '', spansNodes: found?.spansNodes ?? false}
}
