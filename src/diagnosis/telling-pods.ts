import {at, listAt, textAt} from '../checks/json-path.ts'
import type {Json} from '../steps/object.ts'

const networkAnnotations = /^(?:k8s\.v1\.cni\.cncf\.io|v1\.multus-cni\.io)\//

/** Whether a pod asks for networks, or Multus has reported some for it. */
export function isAnnotated(pod: Json): boolean {
  const annotations = at(pod, 'metadata', 'annotations')
  return (
    annotations !== null &&
    typeof annotations === 'object' &&
    Object.entries(annotations as Readonly<Record<string, Json>>).some(
      ([key, value]) => networkAnnotations.test(key) && isMoreThanPrimary(key, value),
    )
  )
}

/** Multus gives every pod of the cluster a status; one with a single interface tells nothing. */
function isMoreThanPrimary(key: string, value: Json): boolean {
  return !key.endsWith('/network-status') || (typeof value === 'string' && (value.match(/"name"/g) ?? []).length > 1)
}

const agents = /multus|whereabouts|cilium|calico|canal|flannel|kindnet|antrea|weave|ovn|dhcp|kube-proxy|dns/

/** Whether a pod belongs to what makes networks: Multus, IPAM, the CNI, kube-proxy, DNS. */
export function isAgent(pod: Json): boolean {
  const owners = listAt(pod, 'metadata', 'ownerReferences').map((owner) => textAt(owner, 'kind') ?? '')
  return (
    owners.some((kind) => kind === 'DaemonSet' || kind === 'ReplicaSet') &&
    agents.test(textAt(pod, 'metadata', 'name') ?? '') &&
    /system|calico|cilium|tigera|multus|network|ovn|flannel/.test(textAt(pod, 'metadata', 'namespace') ?? '')
  )
}
