/** One attachment as a pod asks for it. */
export interface AttachmentRequest {
  readonly network: string
  /** The pod's own namespace when absent. */
  readonly namespace?: string
  /** `net1`, `net2`, … when absent. */
  readonly interface?: string
  /** Needs the capability `ips` in the network's configuration. */
  readonly ip?: string
}

/**
 * The value of the annotation k8s.v1.cni.cncf.io/networks: the short form `[namespace/]network[@interface], …` where it can say
 * everything, else JSON. JSON is needed for an address and for a network whose name has a dot (multus v4.3.0 pkg/k8sclient).
 */
export function networksAnnotationValue(attachments: readonly AttachmentRequest[]): string {
  const needsJson = attachments.some(({network, ip}) => ip !== undefined || !plainName.test(network))
  return needsJson ? networksAnnotationJson(attachments) : attachments.map(shortForm).join(', ')
}

/** The same in the JSON form, indented. */
export function networksAnnotationJson(attachments: readonly AttachmentRequest[]): string {
  const entries = attachments.map(({network, namespace, interface: name, ip}) => ({
    name: network,
    ...(namespace !== undefined && {namespace}),
    ...(name !== undefined && {interface: name}),
    ...(ip !== undefined && {ips: [ip]}),
  }))
  return JSON.stringify(entries, null, 2)
}

const plainName = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/

function shortForm({network, namespace, interface: name}: AttachmentRequest): string {
  return `${namespace === undefined ? '' : `${namespace}/`}${network}${name === undefined ? '' : `@${name}`}`
}
