/**
 * Kinds of what runs of verify make outside of their namespaces, and of those themselves: where `verify --cleanup` looks. What lies in a namespace of
 * a run goes with it.
 */
export const runKinds = [
  {apiVersion: 'v1', kind: 'Namespace'},
  {apiVersion: 'v1', kind: 'Pod'},
  {apiVersion: 'v1', kind: 'ServiceAccount'},
  {apiVersion: 'apps/v1', kind: 'DaemonSet'},
  {apiVersion: 'k8s.cni.cncf.io/v1', kind: 'NetworkAttachmentDefinition'},
  {apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole'},
  {apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding'},
  {apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role'},
  {apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding'},
] as const
