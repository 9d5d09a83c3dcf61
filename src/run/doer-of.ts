import {cnis} from '../catalog/cni/index.ts'
import type {CniOption} from '../catalog/cni/cni-option.ts'
import {ipams} from '../catalog/ipam/index.ts'
import type {IpamOption} from '../catalog/ipam/ipam-option.ts'
import {upstreamSet} from '../checks/install/multus-pods.ts'
import type {Action, ActionType} from '../steps/action.ts'
import type {Readiness, ReadinessType} from '../steps/readiness.ts'

/** Who works while a step runs: a program of somebody else that we start or wait for, or this one. */
export type Doer = 'kind' | 'cni' | 'multus' | 'kubernetes' | 'engine' | 'images' | 'k8s-local'

/** Whose work the time of a step goes into. A wait is the work of what it waits for. */
export function doerOf(action: Action): Doer {
  return action.type === 'wait' ? doerOfWait(action.for) : doers[action.type]
}

function doerOfWait(readiness: Readiness): Doer {
  return readiness.type === 'rollout' ? doerOfRollout(readiness) : awaited[readiness.type]
}

/** A new action does not compile before it says who works. */
const doers = {
  'fetch-artifact': 'images',
  'ensure-engine-image': 'images',
  'pull-images': 'images',
  'import-images': 'images',
  'build-warm-image': 'images',
  'save-warm-image': 'images',
  'remove-warm-images': 'images',
  'create-kind-cluster': 'kind',
  'delete-kind-cluster': 'kind',
  'start-nodes': 'engine',
  'stop-nodes': 'engine',
  'restart-nodes': 'engine',
  'create-engine-network': 'engine',
  'connect-nodes': 'engine',
  'delete-engine-networks': 'engine',
  // Charts and manifests install nothing but the primary CNI; all else is applied as objects.
  'install-chart': 'cni',
  'apply-manifest': 'cni',
  'apply-objects': 'kubernetes',
  'restart-pods': 'kubernetes',
  'patch-object': 'kubernetes',
  'delete-objects': 'kubernetes',
  'evict-pods': 'kubernetes',
  'begin-cluster': 'k8s-local',
  'complete-cluster': 'k8s-local',
  'fit-node-nics': 'k8s-local',
  'pin-node-addresses': 'k8s-local',
  'copy-cni-plugins': 'k8s-local',
  'write-node-files': 'k8s-local',
  'delete-node-files': 'k8s-local',
  'delete-node-links': 'k8s-local',
  'merge-kubeconfig': 'k8s-local',
  'remove-kubeconfig-entries': 'k8s-local',
  'forget-cluster': 'k8s-local',
  'delete-cached-files': 'k8s-local',
  check: 'k8s-local',
  'collect-diagnosis': 'k8s-local',
} as const satisfies Readonly<Record<Exclude<ActionType, 'wait'>, Doer>>

/** What is waited for is the work of these. */
const awaited = {
  'nodes-running': 'kind',
  'nodes-configured': 'kind',
  'containerd-answers': 'kind',
  'api-ready': 'kind',
  'nodes-registered': 'kind',
  // The kubelet calls a node Ready once the primary CNI has put its configuration there.
  'nodes-ready': 'cni',
  // The only files that are waited for are configurations of the primary CNI.
  'file-on-nodes': 'cni',
  'multus-first': 'multus',
  'crd-established': 'kubernetes',
  'pods-ready': 'kubernetes',
  'container-running': 'kubernetes',
  'pods-in-place': 'kubernetes',
  'job-pods-ended': 'kubernetes',
  'pods-gone': 'kubernetes',
} as const satisfies Readonly<Record<Exclude<ReadinessType, 'rollout'>, Doer>>

function doerOfRollout({namespace, name}: Extract<Readiness, {type: 'rollout'}>): Doer {
  const isIn = (workloads: readonly {readonly namespace: string; readonly name: string}[]) =>
    workloads.some((one) => one.namespace === namespace && one.name === name)
  const options: readonly CniOption[] = Object.values(cnis)
  const handingOut: readonly IpamOption[] = Object.values(ipams)
  if (isIn(options.flatMap(({ready}) => ready))) return 'cni'
  return isIn([upstreamSet, ...handingOut.flatMap(({needs}) => needs?.ready ?? [])]) ? 'multus' : 'kubernetes'
}
