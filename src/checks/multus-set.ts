import type {Workload} from './rollout.ts'

/** The DaemonSet of Multus, thin as thick: upstream and `create` call it so. */
export const multusSet: Workload = {kind: 'DaemonSet', namespace: 'kube-system', name: 'kube-multus-ds'}
