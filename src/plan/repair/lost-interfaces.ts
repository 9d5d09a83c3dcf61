import type {Deed} from '../../checks/check.ts'
import {networkStatusOf, type StatusEntry} from '../../checks/network-status.ts'
import type {Json, KubernetesObject} from '../../steps/object.ts'
import {networksAnnotation} from '../../templates/labels.ts'
import {readNetworksAnnotation} from '../networks-annotation.ts'
import {recreatePod} from '../recreate-pod.ts'
import {type Owner, ownerOf} from '../owner.ts'
import type {Fault, Repair} from './repair.ts'
import type {RepairFacts} from './repair-facts.ts'
import {nodeOf} from './restart-daemon.ts'
import {waitForRollout} from './waits.ts'

/**
 * Pods that run without an interface that they ask for: they started while Multus was not first (multus #1387, #535: without error or event), or lost it with
 * the NIC of their node. Only a new pod gets it. Those of kube-system, those on the node's own network and those that have ended are left alone.
 */
export const lostInterfaces: Repair = {
  title: 'Pods have the interfaces that they ask for',
  finds: (facts) =>
    facts.record.multus === 'none' ? [] : facts.podObjects.flatMap((pod) => faultOf(pod, facts) ?? []),
}

function faultOf(pod: KubernetesObject, facts: RepairFacts): Fault | undefined {
  if (!mayBeMended(pod)) return undefined
  const summary = lackOf(pod, facts)
  if (summary === undefined) return undefined
  const {namespace = 'default', name} = pod.metadata
  const cause = `Multus was not first on ${nodeOf(pod)} when it started, or the NIC below the interface was gone`
  return {subject: `${namespace}/${name}`, summary, cause, ...mendingOf(pod, facts)}
}

function mendingOf(pod: KubernetesObject, facts: RepairFacts): Omit<Fault, 'subject' | 'summary'> {
  const unknown = askedBy(pod).filter(
    (asked) => !facts.networks.some(({namespace, name}) => `${namespace}/${name}` === asked),
  )
  // It runs, if only on eth0: a new one would not even start.
  if (unknown.length > 0)
    return {cause: `there is no network ${unknown.join(', ')}`, fix: 'k8s-local net add', mends: []}
  const owner = ownerOf(pod)
  if (owner?.kind === 'Node')
    return {
      fix: `it is a static pod of ${owner.name}: move its manifest out of /etc/kubernetes/manifests there, and back`,
      mends: [],
    }
  if (owner) return {mends: replace(pod, owner, facts)}
  return {
    asks: `the pod ${pod.metadata.name}, which no controller makes anew, is deleted and created again from its specification`,
    mends: recreate(pod),
  }
}

function mayBeMended({metadata, spec, status}: KubernetesObject): boolean {
  const {hostNetwork} = spec as {readonly hostNetwork?: boolean}
  const {phase} = (status ?? {}) as {readonly phase?: string}
  const ending = metadata['deletionTimestamp'] !== undefined
  return metadata.namespace !== 'kube-system' && hostNetwork !== true && phase === 'Running' && !ending
}

/** What it lacks; undefined where it has all, or where that cannot be told. */
function lackOf(pod: KubernetesObject, {onNodes}: RepairFacts): string | undefined {
  const asked = askedBy(pod)
  if (asked.length === 0) return undefined
  const status = networkStatusOf(pod as unknown as Json)
  if (status === undefined) return `it runs without ${asked.join(', ')}: Multus never saw it`
  const missing = lacking(
    asked,
    status.map(({name}) => name),
  )
  if (missing.length > 0) return `it runs without ${missing.join(', ')}`
  const space = onNodes[nodeOf(pod)]?.podNamespaces?.find(({addresses}) => addresses.includes(addressOf(pod)))
  const gone = space ? status.filter((entry) => isGone(entry, space.macs)) : []
  if (gone.length === 0) return undefined
  return `it has lost ${gone.map((entry) => `${entry.interface} (${entry.name})`).join(', ')}`
}

/** As `namespace/name`; none where Multus could not read the annotation either. */
function askedBy({metadata}: KubernetesObject): readonly string[] {
  const {entries, faults} = readNetworksAnnotation(metadata.annotations?.[networksAnnotation] ?? '')
  if (faults.length > 0) return []
  return entries.map(({namespace = metadata.namespace, network}) => `${namespace}/${network}`)
}

/** Those of `asked` that are not in `got`, each counted: a pod may ask for a network twice. */
function lacking(asked: readonly string[], got: readonly string[]): readonly string[] {
  const left = [...got]
  return asked.filter((one) => {
    const place = left.indexOf(one)
    if (place >= 0) left.splice(place, 1)
    return place < 0
  })
}

/** The primary is left to its CNI; what has no MAC (a device that a driver took over) cannot be told. */
function isGone({isDefault, mac}: StatusEntry, macs: readonly string[]): boolean {
  return !isDefault && mac !== undefined && !macs.includes(mac)
}

function addressOf({status}: KubernetesObject): string {
  return (status as {readonly podIP?: string} | undefined)?.podIP ?? ''
}

function recreate(pod: KubernetesObject): readonly Deed[] {
  const {namespace = 'default', name, annotations} = pod.metadata
  const workload = {reference: {kind: 'Pod' as const, name}, namespace, object: pod, pods: [name]}
  return recreatePod(workload, annotations?.[networksAnnotation] ?? '').map(({title, action}) => ({title, action}))
}

function replace({metadata}: KubernetesObject, owner: Owner, facts: RepairFacts): readonly Deed[] {
  const {namespace = 'default', name} = metadata
  const pods = [{namespace, name, uid: String(metadata['uid'])}]
  return [
    {title: `Have ${owner.kind} ${owner.name} make ${namespace}/${name} anew`, action: {type: 'evict-pods', pods}},
    ...rolloutOf(owner, namespace, facts),
  ]
}

function rolloutOf({kind, name}: Owner, namespace: string, {deployments}: RepairFacts): readonly Deed[] {
  if (kind === 'DaemonSet' || kind === 'StatefulSet') return [waitForRollout(kind, namespace, name)]
  const deployment = kind === 'ReplicaSet' ? deployments[`${namespace}/${name}`] : undefined
  return deployment === undefined ? [] : [waitForRollout('Deployment', namespace, deployment)]
}
