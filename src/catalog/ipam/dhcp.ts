import type {IpamOption} from './ipam-option.ts'

export const dhcp = {
  title: 'DHCP',
  summary: 'a DHCP server on the network hands out addresses; installs a DaemonSet that asks and renews',
  plugins: ['dhcp'],
  source: 'network',
  uniqueAcrossNodes: true,
  // The daemon sends options only: it asks for no particular address (plugins v1.9.1, dhcp/daemon.go).
  capabilities: {},
  needs: {
    // Any image will do: the daemon is the node's own plugin.
    images: ['probe'],
    manifest: 'dhcp/dhcp.yaml',
    ready: {type: 'rollout', kind: 'DaemonSet', namespace: 'kube-system', name: 'cni-dhcp'},
    bringsPlugin: false,
  },
  notes: [
    // Requests come from 0.0.0.0, which an internal engine network drops where bridged frames pass through iptables: seen on a cluster.
    'addresses come from a DHCP server on the network itself: without one no pod on it starts, and on an extra network of k8s-local many hosts let it serve its own node only; on macvlan --dhcp-server runs one on each node',
  ],
  toConfig: () => ({type: 'dhcp'}),
} as const satisfies IpamOption
