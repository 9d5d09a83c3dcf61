import {ownLink} from '../kernel-link.ts'
import {configOf} from '../option.ts'
import {bridgeName} from './bridge-name.ts'
import {mtu} from './mtu-option.ts'
import type {NetworkOption, NetworkValues} from './network-option.ts'

const options = {
  mtu,
  vlan: {kind: 'integer', min: 1, max: 4094, ask: 'VLAN id', describe: 'VLAN id of its pods on the bridge'},
  masquerade: {
    kind: 'boolean',
    default: false,
    ask: 'Masquerade what leaves the node',
    describe: "Masquerade what leaves the node, so that pods reach other networks under the node's address",
    config: 'none',
  },
  macSpoofCheck: {
    kind: 'boolean',
    ask: 'Drop frames of a foreign MAC address',
    describe: 'Drop frames that a pod sends from a foreign MAC address',
    config: 'macspoofchk',
  },
  isolatePorts: {
    kind: 'boolean',
    ask: 'Keep pods from each other',
    describe: 'Let pods reach the node, and not each other',
    config: 'portIsolation',
  },
  nodeGateway: {
    kind: 'boolean',
    default: true,
    ask: 'Give the node an address on it',
    describe: "Give the node the gateway's address on it, so that pods and node reach each other",
    config: 'none',
  },
} as const satisfies NetworkOption['options']

export const bridge = {
  title: 'bridge',
  summary: 'a Linux bridge inside each node: reaches pods of the same node and the node itself, never another node',
  plugins: ['bridge'],
  link: ownLink({kind: 'bridge'}),
  spansNodes: false,
  hasMaster: false,
  subnet: 'own',
  nodeIsGateway: true,
  veth: true,
  unfitIpams: {},
  options,
  toConfig: ({name, options: values, hasAddresses}: NetworkValues) => ({
    type: 'bridge',
    // The plugin names the node's port of a VLAN `<bridge>.<id>` (plugins v1.9.1, bridge.go).
    bridge: bridgeName(name, values['vlan'] === undefined ? 15 : 10),
    // The node gets the gateway address, so that pods and node reach each other. Neither a default route nor NAT unless asked for: the
    // pod's own way out stays the primary network.
    isGateway: hasAddresses && values['nodeGateway'] !== false,
    isDefaultGateway: false,
    ipMasq: values['masquerade'] === true,
    ...configOf(options, values),
  }),
  lint: ({options: values, hasAddresses}: NetworkValues) =>
    values['masquerade'] === true && (!hasAddresses || values['nodeGateway'] === false)
      ? [
          {
            at: '--masquerade',
            message: 'a node without an address on the bridge has nothing to masquerade',
            fix: 'Leave --masquerade out',
          },
        ]
      : [],
} as const satisfies NetworkOption
