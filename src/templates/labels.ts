/** Labels and annotations of what we make. */
export const managedBy = {'app.kubernetes.io/managed-by': 'k8s-local'} as const

/** On everything that one run of verify makes; the value is the run's id. */
export const runLabel = 'k8s-local.dev/run'

/** On everything that a scenario makes; the value is the scenario's name. */
export const scenarioLabel = 'k8s-local.dev/scenario'

/** On a NetworkAttachmentDefinition whose pods bring their own addresses: the subnet that they take them from, in CIDR notation. */
export const subnetAnnotation = 'k8s-local.dev/subnet'

/** On a NetworkAttachmentDefinition whose configuration lies in a file on each node: the path of that file. */
export const nodeFileAnnotation = 'k8s-local.dev/config-file'

/** On a NetworkAttachmentDefinition whose addresses a DHCP server of ours hands out: the range and the routes, as JSON. */
export const dhcpServerAnnotation = 'k8s-local.dev/dhcp-server'

/** What an object is for, in one sentence (a well-known annotation of Kubernetes). */
export const descriptionAnnotation = 'kubernetes.io/description'

/** What a pod wants attached (Network Plumbing Working Group, multi-network specification 1.3). */
export const networksAnnotation = 'k8s.v1.cni.cncf.io/networks'

/** Whom to ask about a network. */
export const ownerAnnotation = 'k8s-local.dev/owner'

/** On a NetworkAttachmentDefinition: the extended resource that its pods take a device from (multus v4.3.0, pkg/k8sclient). */
export const resourceAnnotation = 'k8s.v1.cni.cncf.io/resourceName'

/** The network that takes the place of the cluster's own on eth0, read by Multus alone. */
export const defaultNetworkAnnotation = 'v1.multus-cni.io/default-network'

/** On the pods of a workload of ours: its name, and what its selector asks for. */
export const workloadLabel = 'k8s-local.dev/workload'

/** On a node that a run of ours has cordoned, for as long as it is: the value is the run's id. */
export const cordonedAnnotation = 'k8s-local.dev/cordoned'
