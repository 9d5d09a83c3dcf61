import type {CauseRow} from './attach-causes.ts'

/**
 * What the CNI plugins 1.9.1 and whereabouts 0.9.4 say of configurations that they cannot carry out, and what it means: seen in rehearsals
 * (test/evidence/rehearsal).
 */
export const pluginCauses: readonly CauseRow[] = [
  {
    text: /requested ip (\S+) is subnet's gateway/,
    cause: ([, address]) => `the requested address ${address} is the gateway of the network`,
    fix: () => 'ask for another address, or set "gateway" to another one',
  },
  {
    text: /could not add VRF \S+: operation not supported/,
    cause: () => 'the kernel of this machine has no vrf',
    fix: () => 'load it on the host (modprobe vrf), or take the plugin vrf out of the chain',
  },
  {
    text: /(?:incompatible CNI versions|unsupported CNI result version).*?config is "([^"]+)"/,
    cause: ([, version]) => `the plugin does not know cniVersion ${version}`,
    fix: () => 'use "cniVersion": "1.0.0", 0.4.0 or 0.3.1',
  },
  {
    text: /[Rr]equired prevResult missing|must be called as (?:a )?chained plugin/,
    cause: () => 'the plugin works only after another plugin that makes an interface',
    fix: () => 'put both into "plugins": [ … ], the one that makes the interface first',
  },
  {
    text: /has no veth peer/,
    cause: () => 'bandwidth limits only interfaces with a peer on the node, as bridge and ptp make them',
    fix: () => 'use a bridge network, or take the plugin bandwidth out of the chain',
  },
  {
    text: /could not add "([^"]+)": numerical result out of range/,
    cause: ([, name]) => `${name} has more than the 15 characters that Linux allows the name of an interface`,
    fix: () => 'choose a shorter "bridge"',
  },
  {
    text: /no plugin name provided/,
    cause: () => 'the plugin cannot do without addresses, and the configuration has no "ipam" with a "type"',
    fix: () => 'add an "ipam": host-local needs a "subnet" and nothing else',
  },
  {
    text: /failed to add route.*via (\S+) dev.*network is unreachable/,
    cause: ([, gateway]) => `the gateway ${gateway} of a route is not in the subnet of the interface`,
    fix: () => 'set "gw" of the route to an address of the subnet, or leave it out',
  },
  {
    text: /Network has host bits set.*network address is (\S+)/,
    cause: ([, address]) => `the subnet has host bits: its own address is ${address}`,
    fix: ([, address]) => `write the "subnet" as ${address} with its prefix length`,
  },
  {
    text: /could not add IP address (\S+:\S*) to "[^"]+": permission denied/,
    cause: ([, address]) => `IPv6 is switched off for new interfaces of the node, so it cannot have ${address}`,
    fix: () => 'leave the IPv6 range out; or on each node: sysctl -w net.ipv6.conf.default.disable_ipv6=0',
  },
  {
    text: /VF pci addr is required|failed to get VF information/,
    cause: () => 'the network takes an SR-IOV device, and no device plugin gave the pod one',
    fix: () =>
      'annotate the network with k8s.v1.cni.cncf.io/resourceName and let the pod request that resource; without such hardware use macvlan',
  },
  {
    text: /whereabouts.*(?:kubeconfig|kubernetes config|no such file)|error (?:instantiating|building) kubernetes client/i,
    cause: () => 'whereabouts has no access to the cluster from this node: its DaemonSet writes the kubeconfig',
    fix: () => 'kubectl -n kube-system rollout status ds/whereabouts',
  },
  {
    text: /it did not end in time/,
    cause: () => 'the plugin waits for something that does not come: a DHCP server, the API server, a lock',
    fix: () => 'k8s-local status shows whether the cluster answers',
  },
]
