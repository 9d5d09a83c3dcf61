/** Where a node keeps the CNI plugins of a version as they were unpacked, beside the folder that the runtime looks into: they take no room, being links. */
export function pluginFolder(version: string): string {
  return `/opt/cni/k8s-local-plugins-${version}`
}
