import type {Scene} from './check.ts'

/** What a check can need of a cluster. */
export type Need = keyof typeof needs

/** The first need that the scene lacks, as a reason; undefined where it has all of them. */
export function lacking(wanted: readonly Need[], scene: Scene): string | undefined {
  return wanted.map((need) => needs[need](scene)).find((reason) => reason !== undefined)
}

/** Each says why it is not there, without a full stop; undefined where it is. */
const needs = {
  multus: ({multus}: Scene) => (multus === 'none' ? 'Multus is not installed' : undefined),
  thin: ({multus}: Scene) => (multus === 'thin' ? undefined : 'only for thin Multus'),
  thick: ({multus}: Scene) => (multus === 'thick' ? undefined : 'only for thick Multus'),
  networks: ({networks}: Scene) =>
    networks.length > 0 ? undefined : 'there is no network to judge: k8s-local net add makes one',
  'attached-pods': ({pods}: Scene) =>
    pods.some(({networks}) => networks.length > 0) ? undefined : 'no probe pod can ask for a network',
  'two-nodes': ({pods}: Scene) =>
    new Set(pods.map(({node}) => node)).size > 1 ? undefined : 'pods run on one node only',
  'node-access': ({nodeAccess}: Scene) => (nodeAccess.by === 'none' ? nodeAccess.reason : undefined),
  folders: ({otherFolder}: Scene) =>
    otherFolder === undefined ? undefined : `Multus uses ${otherFolder} here, which is not looked into`,
  engine: ({nodesHere}: Scene) =>
    nodesHere ? undefined : "only for nodes that are containers of this machine's engine",
  cni: ({cni}: Scene) =>
    cni === 'other' ? 'the primary CNI is none that k8s-local knows (Cilium, Calico)' : undefined,
  host: ({surroundings}: Scene) =>
    surroundings?.host ? undefined : 'the nodes are not containers of an engine on this machine',
  'usual-multus': ({multusSet}: Scene) =>
    multusSet === undefined || multusSet.name === 'kube-multus-ds'
      ? undefined
      : `Multus' DaemonSet is ${multusSet.namespace}/${multusSet.name} here, of which only multus-ready knows`,
  'own-cluster': ({foreign}: Scene) => (foreign ? 'k8s-local did not make this cluster' : undefined),
  disruption: ({spared}: Scene) => spared,
  iperf3: ({image = ''}: Scene) =>
    /(?:^|\/)agnhost:/.test(image) ? 'the image of the probe pods, agnhost, has no iperf3' : undefined,
  cilium: ({cni}: Scene) => (cni === 'cilium' ? undefined : 'only for Cilium'),
  calico: ({cni}: Scene) => (cni === 'calico' ? undefined : 'only for Calico'),
} as const
