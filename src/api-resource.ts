/** Where the objects of a kind live in the Kubernetes API. */
export interface Resource {
  /** `daemonsets`. */
  readonly plural: string
  readonly namespaced: boolean
}

/** Of the kinds that we work with; undefined for others, which the API has to be asked for. */
export function knownResource(apiVersion: string, kind: string): Resource | undefined {
  const plural = plurals[kind] ?? pluralOf(kind)
  if (namespacedKinds[apiVersion]?.includes(kind)) return {plural, namespaced: true}
  return clusterKinds[apiVersion]?.includes(kind) ? {plural, namespaced: false} : undefined
}

/** The plural that nearly every kind has. */
export function pluralOf(kind: string): string {
  const word = kind.toLowerCase()
  if (word.endsWith('y')) return `${word.slice(0, -1)}ies`
  return word.endsWith('s') ? `${word}es` : `${word}s`
}

const namespacedKinds: Readonly<Record<string, readonly string[]>> = {
  v1: ['ConfigMap', 'Endpoints', 'Event', 'PersistentVolumeClaim', 'Pod', 'Secret', 'Service', 'ServiceAccount'],
  'apps/v1': ['ControllerRevision', 'DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  'batch/v1': ['CronJob', 'Job'],
  'coordination.k8s.io/v1': ['Lease'],
  'discovery.k8s.io/v1': ['EndpointSlice'],
  'k8s.cni.cncf.io/v1': ['NetworkAttachmentDefinition'],
  'networking.k8s.io/v1': ['NetworkPolicy'],
  'policy/v1': ['PodDisruptionBudget'],
  'rbac.authorization.k8s.io/v1': ['Role', 'RoleBinding'],
}

const clusterKinds: Readonly<Record<string, readonly string[]>> = {
  v1: ['Namespace', 'Node', 'PersistentVolume'],
  'apiextensions.k8s.io/v1': ['CustomResourceDefinition'],
  'rbac.authorization.k8s.io/v1': ['ClusterRole', 'ClusterRoleBinding'],
  'scheduling.k8s.io/v1': ['PriorityClass'],
  'storage.k8s.io/v1': ['StorageClass'],
}

const plurals: Readonly<Record<string, string>> = {
  Endpoints: 'endpoints',
  NetworkAttachmentDefinition: 'network-attachment-definitions',
}
