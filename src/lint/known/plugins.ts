import {chainPlugins} from '../../catalog/chain/index.ts'
import {networkTypes} from '../../catalog/network/index.ts'
import type {NetworkOption} from '../../catalog/network/network-option.ts'
import {commonKeys, type KeyKind} from './key-kind.ts'

export interface KnownPlugin {
  readonly keys: Readonly<Record<string, KeyKind>>
  readonly required?: readonly string[]
  /** At least one of these. */
  readonly requiredOneOf?: readonly string[]
  /** Only behind a main plugin in `plugins`. */
  readonly chained?: true
  readonly ipam?: 'required' | 'none'
  /** The pod's end is a veth pair: what bandwidth needs. */
  readonly veth?: true
  /** Lives on a NIC of the node that is named by `master`. */
  readonly master?: true
  /** Its layer 2 reaches other nodes. */
  readonly spansNodes?: true
  /** Takes a requested MAC address (multus facts §2.3). */
  readonly mac?: true
}

const mtu = {from: 0, to: 65_535} as const
const vlan = {from: 0, to: 4094} as const

/** Main and chained plugins as containernetworking/plugins v1.9.1 parses them, sriov by sriov-cni v2.10 (multus facts §3.2). */
export const plugins: Readonly<Record<string, KnownPlugin>> = {
  macvlan: {
    keys: {
      master: 'text',
      mode: choicesOf(networkTypes.macvlan.options.mode),
      mtu,
      mac: 'text',
      linkInContainer: 'boolean',
      bcqueuelen: 'number',
    },
    mac: true,
    ...traitsOf(networkTypes.macvlan),
  },
  ipvlan: {
    keys: {master: 'text', mode: choicesOf(networkTypes.ipvlan.options.mode), mtu, linkInContainer: 'boolean'},
    ipam: 'required',
    ...traitsOf(networkTypes.ipvlan),
  },
  bridge: {
    keys: {
      bridge: 'text',
      isGateway: 'boolean',
      isDefaultGateway: 'boolean',
      forceAddress: 'boolean',
      ipMasq: 'boolean',
      ipMasqBackend: {oneOf: ['iptables', 'nftables']},
      hairpinMode: 'boolean',
      promiscMode: 'boolean',
      macspoofchk: 'boolean',
      enabledad: 'boolean',
      disableContainerInterface: 'boolean',
      preserveDefaultVlan: 'boolean',
      portIsolation: 'boolean',
      mtu,
      mac: 'text',
      vlan,
      vlanTrunk: 'list',
    },
    mac: true,
    ...traitsOf(networkTypes.bridge),
  },
  vlan: {
    keys: {master: 'text', vlanId: vlan, mtu, linkInContainer: 'boolean'},
    required: ['master', 'vlanId'],
    ipam: 'required',
    ...traitsOf(networkTypes.vlan),
  },
  'host-device': {
    keys: {device: 'text', hwaddr: 'text', kernelpath: 'text', pciBusID: 'text', deviceID: 'text'},
    requiredOneOf: ['device', 'hwaddr', 'kernelpath', 'pciBusID', 'deviceID'],
    ...traitsOf(networkTypes['host-device']),
  },
  ptp: {
    keys: {ipMasq: 'boolean', ipMasqBackend: {oneOf: ['iptables', 'nftables']}, mtu},
    ipam: 'required',
    ...traitsOf(networkTypes.ptp),
  },
  dummy: {keys: {}, ipam: 'required'},
  tap: {
    keys: {
      multiQueue: 'boolean',
      mtu,
      mac: 'text',
      owner: 'number',
      group: 'number',
      selinuxContext: 'text',
      bridge: 'text',
    },
    mac: true,
  },
  loopback: {keys: {}, ipam: 'none'},
  sriov: {
    keys: {
      deviceID: 'text',
      vlan,
      vlanQoS: {from: 0, to: 7},
      vlanProto: {oneOf: ['802.1q', '802.1ad', '802.1Q', '802.1AD', '']},
      mac: 'text',
      spoofchk: choicesOf(networkTypes.sriov.options.spoofCheck),
      trust: choicesOf(networkTypes.sriov.options.trust),
      link_state: {oneOf: ['auto', 'enable', 'disable', '']},
      min_tx_rate: 'number',
      max_tx_rate: 'number',
      logLevel: 'text',
      logFile: 'text',
      mtu,
    },
    mac: true,
    ...traitsOf(networkTypes.sriov),
  },
  vrf: {keys: {vrfname: 'text', table: 'number'}, required: ['vrfname'], chained: true, ipam: 'none'},
  firewall: {
    keys: {
      backend: {oneOf: ['iptables', 'firewalld', '']},
      iptablesAdminChainName: 'text',
      firewalldZone: 'text',
      ingressPolicy: choicesOf(chainPlugins.firewall.options.policy),
    },
    chained: true,
    ipam: 'none',
  },
  portmap: {
    keys: {
      backend: {oneOf: ['iptables', 'nftables', '']},
      snat: 'boolean',
      conditionsV4: 'list',
      conditionsV6: 'list',
      masqAll: 'boolean',
      markMasqBit: {from: 0, to: 31},
      externalSetMarkChain: 'text',
    },
    chained: true,
    ipam: 'none',
  },
  tuning: {
    keys: {
      sysctl: 'map',
      mac: 'text',
      promisc: 'boolean',
      mtu,
      txQLen: 'number',
      allmulti: 'boolean',
      dataDir: 'text',
    },
    chained: true,
    ipam: 'none',
    mac: true,
  },
  sbr: {keys: {table: 'number'}, chained: true, ipam: 'none'},
  bandwidth: {
    keys: {
      ingressRate: 'number',
      ingressBurst: 'number',
      egressRate: 'number',
      egressBurst: 'number',
      unshapedSubnets: 'list',
      shapedSubnets: 'list',
    },
    chained: true,
    ipam: 'none',
  },
}

/** What the catalog offers, and the empty text, which plugins take for their default. */
function choicesOf({choices}: {readonly choices: Readonly<Record<string, string>>}): KeyKind {
  return {oneOf: [...Object.keys(choices), '']}
}

function traitsOf({spansNodes, hasMaster, veth}: NetworkOption): Pick<KnownPlugin, 'spansNodes' | 'master' | 'veth'> {
  return {...(spansNodes && {spansNodes}), ...(hasMaster === true && {master: true}), ...(veth && {veth})}
}

/** All keys that a plugin reads, the common ones among them; undefined for one that is not known. */
export function keysOfPlugin(type: string): Readonly<Record<string, KeyKind>> | undefined {
  return allKeys.get(type)
}

const allKeys = new Map(Object.entries(plugins).map(([type, {keys}]) => [type, {...commonKeys, ...keys}]))
