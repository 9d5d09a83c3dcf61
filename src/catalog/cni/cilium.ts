import type {CapabilityList} from '../../steps/action.ts'
import type {CniContext, CniOption} from './cni-option.ts'

export const cilium = {
  title: 'Cilium',
  summary: 'eBPF data path, network policies, the most used on new clusters; works with thin and thick Multus',
  images: ['cilium', 'cilium-operator'],
  supported: {min: '1.15', max: '1.20'},
  versionOf: 'cilium-chart',
  confFile: '05-cilium.conflist',
  networkName: 'cilium',
  install: (context) => ({
    by: 'chart',
    chart: 'cilium-chart',
    release: 'cilium',
    namespace: 'kube-system',
    values: ciliumValues(context),
    capabilityLists: capabilityLists(context.version),
  }),
  ready: [
    {type: 'rollout', kind: 'DaemonSet', namespace: 'kube-system', name: 'cilium'},
    {type: 'rollout', kind: 'Deployment', namespace: 'kube-system', name: 'cilium-operator'},
  ],
  thickEnvironment: {},
} as const satisfies CniOption

/** The same keys from 1.15 to 1.20: none was renamed. Seen to run with 1.15.19 and with 1.20.2. */
function ciliumValues({device, apiServer}: CniContext): Readonly<Record<string, unknown>> {
  return {
    // Otherwise the agent renames every other file in /etc/cni/net.d, Multus' own among them, to *.cilium_bak.
    cni: {exclusive: false},
    // Pod addresses come from kind's pod subnet. The chart's own default, 10.0.0.0/8, overlaps most private networks.
    ipam: {mode: 'kubernetes'},
    // An image brought into a node by import has no digest that a reference could name (kind #2394).
    image: {useDigest: false, pullPolicy: 'IfNotPresent'},
    // The chart wants two operators on two nodes, which a cluster of one node never gets.
    operator: {replicas: 1, image: {useDigest: false, pullPolicy: 'IfNotPresent'}},
    // The service's address answers when kube-proxy runs, which starts together with the agent: the first attempt is lost, and the agent's configuration is
    // read by the next, 5 s later (cilium 1.15, seen in the log of its init container `config`). The kubelet uses this name too.
    k8sServiceHost: apiServer.host,
    k8sServicePort: apiServer.port,
    routingMode: 'tunnel',
    tunnelProtocol: 'vxlan',
    kubeProxyReplacement: false,
    socketLB: {enabled: false},
    // With it, traffic no longer passes iptables, and the engine's DNS at 127.0.0.11 stops answering (cilium #23330).
    bpf: {masquerade: false},
    // Otherwise Cilium takes the NICs of extra networks for its own (cilium #18855).
    devices: device,
    // Neither is needed for what this cluster is for, and each brings an image and a longer start.
    envoy: {enabled: false},
    l7Proxy: false,
    hubble: {enabled: false},
    // A kubelet that has run for less than this period waits for a random part of it before it looks (Kubernetes 1.34, prober/worker.go). With the
    // chart's 30 s agents that had long started counted as unready for up to 22 s more.
    readinessProbe: {periodSeconds: 2},
  }
}

/** The chart's own lists. From 1.20 on the agent also reads kernel symbols. */
function capabilityLists(version: string): readonly CapabilityList[] {
  const agent = [...agentCapabilities, ...(minorOf(version) >= 20 ? ['SYSLOG'] : [])]
  return [
    {path: 'securityContext.capabilities.ciliumAgent', wanted: agent},
    {
      path: 'securityContext.capabilities.cleanCiliumState',
      wanted: ['NET_ADMIN', 'SYS_MODULE', 'SYS_ADMIN', 'SYS_RESOURCE'],
    },
  ]
}

const agentCapabilities = [
  'CHOWN',
  'KILL',
  'NET_ADMIN',
  'NET_RAW',
  'IPC_LOCK',
  'SYS_MODULE',
  'SYS_ADMIN',
  'SYS_RESOURCE',
  'DAC_OVERRIDE',
  'FOWNER',
  'SETGID',
  'SETUID',
] as const

function minorOf(version: string): number {
  return Number(version.replace(/^v/, '').split('.')[1])
}
