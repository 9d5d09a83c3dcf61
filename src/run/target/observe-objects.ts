import {listAt} from '../../checks/json-path.ts'
import type {KubernetesDriver} from '../../drivers/ports.ts'
import {ownerOf} from '../../plan/owner.ts'
import type {RepairFacts} from '../../plan/repair/repair-facts.ts'

type RepairObjects = Pick<
  RepairFacts,
  'nodeObjects' | 'podObjects' | 'deployments' | 'multusDaemonSet' | 'ciliumConfig' | 'pools' | 'reservations'
>

/** The objects that repairs look into. Throws what listing throws. */
export async function observeObjects(kubernetes: KubernetesDriver, signal: AbortSignal): Promise<RepairObjects> {
  const inSystem = {namespace: 'kube-system'} as const
  const whereabouts = '/apis/whereabouts.cni.cncf.io/v1alpha1'
  // Before the pods: an address that is kept by now belongs to a pod that is in the list then, or that is gone.
  const [pools, reservations] = await Promise.all([
    kubernetes.get(`${whereabouts}/ippools`, {signal}),
    kubernetes.get(`${whereabouts}/overlappingrangeipreservations`, {signal}),
  ])
  const [nodeObjects, podObjects, replicaSets, multusDaemonSet, ciliumConfig] = await Promise.all([
    kubernetes.list({apiVersion: 'v1', kind: 'Node'}, signal),
    kubernetes.list({apiVersion: 'v1', kind: 'Pod'}, signal),
    kubernetes.list({apiVersion: 'apps/v1', kind: 'ReplicaSet'}, signal),
    kubernetes.read({apiVersion: 'apps/v1', kind: 'DaemonSet', ...inSystem, name: 'kube-multus-ds'}, signal),
    kubernetes.read({apiVersion: 'v1', kind: 'ConfigMap', ...inSystem, name: 'cilium-config'}, signal),
  ])
  const deployments = replicaSets.flatMap((set) => {
    const owner = ownerOf(set)
    return owner?.kind === 'Deployment' ? [[`${set.metadata.namespace}/${set.metadata.name}`, owner.name]] : []
  })
  return {
    nodeObjects,
    podObjects,
    deployments: Object.fromEntries(deployments) as Readonly<Record<string, string>>,
    ...(multusDaemonSet && {multusDaemonSet}),
    ...(ciliumConfig && {ciliumConfig}),
    pools: listAt(pools, 'items'),
    reservations: listAt(reservations, 'items'),
  }
}
