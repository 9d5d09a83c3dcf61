import type {Deed} from '../../checks/check.ts'
import type {KubernetesObject} from '../../steps/object.ts'
import {type RepairFacts} from './repair-facts.ts'
import {ownerOf} from '../owner.ts'
import {waitForMultus} from './waits.ts'

const multus = {namespace: 'kube-system', name: 'kube-multus-ds'} as const

/** Multus writes its configuration, and copies its program, when its pod starts. Nothing where no pod of it is on the node. */
export function restartMultus(node: string, facts: RepairFacts): readonly Deed[] {
  const deeds = restartDaemon({...multus, node, title: 'Multus'}, facts)
  return deeds.length === 0 ? [] : [...deeds, ...waitForMultus([node], facts)]
}

/** Its DaemonSet makes a new pod on the node at once. */
export function restartDaemon(
  {
    namespace,
    name,
    node,
    title,
  }: {readonly namespace: string; readonly name: string; readonly node: string; readonly title: string},
  {podObjects}: Pick<RepairFacts, 'podObjects'>,
): readonly Deed[] {
  const pods = podObjects.filter(
    (pod) => pod.metadata.namespace === namespace && isOf(pod, name) && nodeOf(pod) === node,
  )
  if (pods.length === 0) return []
  const objects = pods.map(({metadata}) => ({apiVersion: 'v1', kind: 'Pod', namespace, name: metadata.name}))
  return [{title: `Restart ${title} on ${node}`, action: {type: 'delete-objects', objects}}]
}

function isOf(pod: KubernetesObject, daemonSet: string): boolean {
  const owner = ownerOf(pod)
  return owner?.kind === 'DaemonSet' && owner.name === daemonSet
}

export function nodeOf({spec}: KubernetesObject): string {
  return (spec as {readonly nodeName?: string} | undefined)?.nodeName ?? ''
}
