/** A test pod as asked for, or a workload of such pods. */
export interface TestPodSpec {
  readonly name: string
  readonly namespace: string
  readonly attachments: readonly AttachmentSpec[]
  readonly node?: string
  /** What keeps the pods running; absent: one bare pod. */
  readonly workload?: {readonly kind: 'Deployment' | 'StatefulSet'; readonly replicas: number}
  /** Takes the place of the cluster network on eth0. */
  readonly defaultNetwork?: DefaultNetworkSpec
}

/** Looked up in kube-system where no namespace is named, whatever the pod's own (multus v4.3.0 pkg/k8sclient). */
export interface DefaultNetworkSpec {
  readonly namespace?: string
  readonly network: string
}

/** `[namespace/]network[@interface]`, with what the pod asks of it. */
export interface AttachmentSpec {
  readonly namespace?: string
  readonly network: string
  readonly interface?: string
  /** With or without prefix length. */
  readonly ip?: string
  /** Six octets, lower case. */
  readonly mac?: string
  readonly bandwidth?: Bandwidth
  readonly portMappings?: readonly PortMapping[]
  /** The gateway by which all traffic leaves that is for neither pods nor services. */
  readonly defaultRoute?: string
}

/** Bits per second and bits, as the plugin bandwidth counts; ingress is towards the pod. */
export interface Bandwidth {
  readonly ingressRate: number
  readonly ingressBurst: number
  readonly egressRate: number
  readonly egressBurst: number
}

export interface PortMapping {
  readonly hostPort: number
  readonly containerPort: number
  readonly protocol: 'tcp' | 'udp' | 'sctp'
  readonly hostIP?: string
}
