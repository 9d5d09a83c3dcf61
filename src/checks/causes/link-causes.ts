import type {CauseRow} from './cause-row.ts'

/** Interfaces of the node and what its kernel makes of them: KL-604. */
export const linkCauses: readonly CauseRow[] = [
  {
    code: 'KL-6040',
    says: 'failed to find host device: Link not found',
    text: /failed to find host device: (.+)/,
    cause: () => 'the device to move into the pod is not on the node, or another pod holds it',
    fix: () => 'look for it with: docker exec NODE ip -o link',
  },
  {
    code: 'KL-6041',
    says: 'eth1 carries 172.18.0.3/16: a pod takes the device away',
    text: /(\S+) carries .*: a pod takes the device away/,
    cause: ([, device]) =>
      `${device} is in use by the node itself: whatever has its addresses would lose them with the first pod`,
    fix: () => 'give the nodes a NIC that only pods use: k8s-local create --network NAME',
  },
  {
    code: 'KL-6042',
    says: 'Link not found',
    text: /Link not found/,
    cause: () => 'the master interface does not exist on the node',
    fix: () => 'name an interface that every node has: k8s-local status shows the NICs of each node',
  },
  {
    code: 'KL-6043',
    says: 'invalid MTU 9000, must be [0, master MTU(1500)]',
    text: /invalid MTU (\d+), must be \[0, master MTU\((\d+)\)\]/,
    cause: ([, mtu, most]) => `MTU ${mtu} is larger than that of the master, ${most}`,
    fix: ([, , most]) => `set an MTU of at most ${most}, or none`,
  },
  {
    code: 'KL-6044',
    says: 'failed to create ipvlan: operation not supported',
    text: /failed to create (\w+): operation not supported/,
    cause: ([, kind]) => `the kernel of this machine has no ${kind}`,
    fix: ([, kind]) => `load it on the host (modprobe ${kind === 'vlan' ? '8021q' : kind}), or use macvlan`,
  },
  {
    code: 'KL-6045',
    says: 'failed to create macvlan: device or resource busy',
    text: /failed to create macvlan: (device or resource busy|invalid argument)/,
    cause: ([, why]) =>
      `the master cannot carry one more macvlan (${why}): ipvlan, a bridge or a passthru macvlan holds it`,
    fix: () => 'use one master per type: k8s-local create --network adds one',
  },
  {
    code: 'KL-6046',
    says: 'failed to create ipvlan: device or resource busy',
    text: /failed to create ipvlan: device or resource busy/,
    cause: () => 'the master cannot carry an ipvlan: macvlan or a bridge holds it',
    fix: () => 'use one master per type: k8s-local create --network adds one',
  },
  {
    code: 'KL-6047',
    says: 'failed to create vlan: file exists',
    text: /failed to create vlan: file exists/,
    cause: () => 'the master has an interface of this VLAN already: another pod of the node holds it',
    fix: () => 'one pod per node and VLAN; for more of them a bridge or a macvlan on the VLAN interface',
  },
  {
    code: 'KL-6048',
    says: '"br-data" already has an IP address different from 10.1.0.1/24',
    text: /"([^"]+)" already has an IP address different from (\S+)/,
    cause: ([, bridge, address]) => `the bridge ${bridge} is left from other settings: it has not ${address}`,
    fix: ([, bridge]) => `give the network another "bridge", or on the node: ip link delete ${bridge}`,
  },
  {
    code: 'KL-6049',
    says: 'could not add VRF red: operation not supported',
    text: /could not add VRF \S+: operation not supported/,
    cause: () => 'the kernel of this machine has no vrf',
    fix: () => 'load it on the host (modprobe vrf), or take the plugin vrf out of the chain',
  },
  {
    code: 'KL-6050',
    says: 'could not add "a-bridge-with-a-long-name": numerical result out of range',
    text: /could not add "([^"]+)": numerical result out of range/,
    cause: ([, name]) => `${name} has more than the 15 characters that Linux allows the name of an interface`,
    fix: () => 'choose a shorter "bridge"',
  },
  {
    code: 'KL-6051',
    says: 'VF pci addr is required',
    text: /VF pci addr is required|failed to get VF information/,
    cause: () => 'the network takes an SR-IOV device, and no device plugin gave the pod one',
    fix: () =>
      'annotate the network with k8s.v1.cni.cncf.io/resourceName and let the pod request that resource; without such hardware use macvlan',
  },
]
