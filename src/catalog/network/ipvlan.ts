import {linkOnParent} from '../kernel-link.ts'
import {configOf} from '../option.ts'
import {mtu} from './mtu-option.ts'
import type {NetworkOption} from './network-option.ts'

const options = {
  mode: {
    kind: 'choice',
    choices: {
      l2: 'as on a switch: pods share the MAC address of the NIC',
      l3: 'the NIC routes: no broadcast, no ARP',
      l3s: 'as l3, and through netfilter of the node',
    },
    default: 'l2',
    ask: 'Mode of the plugin',
    describe: 'Mode of the plugin',
  },
  mtu,
} as const satisfies NetworkOption['options']

export const ipvlan = {
  title: 'ipvlan',
  summary: "pods share the MAC address of a node's NIC: for networks that allow one MAC address for each port",
  plugins: ['ipvlan'],
  link: linkOnParent({kind: 'ipvlan', words: ['mode', 'l2']}),
  spansNodes: true,
  hasMaster: true,
  subnet: 'of-master',
  nodeIsGateway: false,
  veth: false,
  unfitIpams: {
    dhcp: 'all pods of a node share one MAC address, so a DHCP server cannot tell them apart',
    none: 'the plugin does not start without addresses',
  },
  options,
  toConfig: ({master, options: values}) => ({type: 'ipvlan', master, ...configOf(options, values)}),
  lint: () => [],
} as const satisfies NetworkOption
