/** One attachment as a pod asks for it. */
export interface AttachmentRequest {
  readonly network: string
  /** The pod's own namespace when absent. */
  readonly namespace?: string
  /** `net1`, `net2`, … when absent. */
  readonly interface?: string
  /** Needs the capability `ips` in the network's configuration. */
  readonly ip?: string
  readonly mac?: string
  /** Needs a chained plugin with the capability `bandwidth`. */
  readonly bandwidth?: Readonly<Record<'ingressRate' | 'ingressBurst' | 'egressRate' | 'egressBurst', number>>
  /** Needs a chained plugin with the capability `portMappings`. */
  readonly portMappings?: readonly {
    readonly hostPort: number
    readonly containerPort: number
    readonly protocol: string
    readonly hostIP?: string
  }[]
}

/**
 * The value of the annotation k8s.v1.cni.cncf.io/networks: the short form `[namespace/]network[@interface], …` where it can say
 * everything, else JSON. JSON is needed for whatever is asked of a network, and for a name with a dot (multus v4.3.0 pkg/k8sclient).
 */
export function networksAnnotationValue(attachments: readonly AttachmentRequest[]): string {
  return attachments.every(fitsShortForm) ? attachments.map(shortForm).join(', ') : networksAnnotationJson(attachments)
}

/** The same in the JSON form, indented. */
export function networksAnnotationJson(attachments: readonly AttachmentRequest[]): string {
  return JSON.stringify(attachments.map(attachmentEntry), null, 2)
}

/** One element of the JSON form. */
export function attachmentEntry({
  network,
  namespace,
  interface: name,
  ip,
  mac,
  bandwidth,
  portMappings,
}: AttachmentRequest): Readonly<Record<string, unknown>> {
  return {
    name: network,
    ...(namespace !== undefined && {namespace}),
    ...(name !== undefined && {interface: name}),
    ...(ip !== undefined && {ips: [ip]}),
    ...(mac !== undefined && {mac}),
    ...(bandwidth !== undefined && {bandwidth}),
    ...(portMappings !== undefined && {portMappings}),
  }
}

/** Whether the short form can say all of it. */
export function fitsShortForm({network, ip, mac, bandwidth, portMappings}: AttachmentRequest): boolean {
  return plainName.test(network) && [ip, mac, bandwidth, portMappings].every((asked) => asked === undefined)
}

export function shortForm({network, namespace, interface: name}: AttachmentRequest): string {
  return `${namespace === undefined ? '' : `${namespace}/`}${network}${name === undefined ? '' : `@${name}`}`
}

const plainName = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/
