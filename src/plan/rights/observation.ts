import type {ObjectRef} from '../../steps/object.ts'
import {recordRef} from '../../templates/record.ts'
import {type Access, accessOfPath, accessTo} from './access.ts'

/** What is read of every running cluster before anything is planned for it: the observers read this, and `verify --rbac` grants it. */
export const targetLooks = {
  nodes: {apiVersion: 'v1', kind: 'Node'},
  pods: {apiVersion: 'v1', kind: 'Pod'},
  namespaces: {apiVersion: 'v1', kind: 'Namespace'},
  networks: '/apis/k8s.cni.cncf.io/v1/network-attachment-definitions',
  record: recordRef,
  /** Thin Multus is told by flags whether it keeps namespaces apart, thick by a ConfigMap. */
  multusDaemonSet: {apiVersion: 'apps/v1', kind: 'DaemonSet', namespace: 'kube-system', name: 'kube-multus-ds'},
  /** Which version of Multus runs: what networks may say depends on it. */
  systemDaemonSets: {apiVersion: 'apps/v1', kind: 'DaemonSet', namespace: 'kube-system'},
  multusConfig: {apiVersion: 'v1', kind: 'ConfigMap', namespace: 'kube-system', name: 'multus-daemon-config'},
} as const

/** What is read besides of a cluster that carries no record of ours, to find out what it is. */
export const detectionLooks = {
  daemonSets: {apiVersion: 'apps/v1', kind: 'DaemonSet'},
  kubeadm: {apiVersion: 'v1', kind: 'ConfigMap', namespace: 'kube-system', name: 'kubeadm-config'},
} as const

/** The rights that looking at a cluster takes. */
export function observationAccess({detected}: {readonly detected: boolean}): readonly Access[] {
  const looks: readonly (string | Partial<ObjectRef>)[] = [
    ...Object.values(targetLooks),
    ...(detected ? Object.values(detectionLooks) : []),
  ]
  return looks.flatMap((look) => {
    if (typeof look === 'string') return accessOfPath(look)
    const {apiVersion = '', kind = '', ...place} = look
    return accessTo({apiVersion, kind, ...place}, [place.name === undefined ? 'list' : 'get'])
  })
}
