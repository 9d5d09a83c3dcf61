import {linkOnParent} from '../kernel-link.ts'
import {configOf} from '../option.ts'
import {mtu} from './mtu-option.ts'
import type {NetworkOption} from './network-option.ts'

const options = {
  mode: {
    kind: 'choice',
    choices: {
      bridge: 'pods on one master reach each other',
      private: 'pods on one master never reach each other',
      vepa: 'a switch outside must send frames back',
      passthru: 'one pod has the NIC for itself',
    },
    default: 'bridge',
    ask: 'Mode of the plugin',
    describe: 'Mode of the plugin',
  },
  mtu,
} as const satisfies NetworkOption['options']

export const macvlan = {
  title: 'macvlan',
  summary:
    "pods get their own MAC address on a node's NIC: one layer 2 over all nodes; a pod cannot reach its own node's address on it",
  plugins: ['macvlan'],
  link: linkOnParent({kind: 'macvlan'}),
  spansNodes: true,
  hasMaster: true,
  subnet: 'of-master',
  nodeIsGateway: false,
  veth: false,
  unfitIpams: {},
  servesDhcp: ({mode}) => (mode ?? options.mode.default) === 'bridge',
  options,
  toConfig: ({master, options: values}) => ({type: 'macvlan', master, ...configOf(options, values)}),
  lint: () => [],
} as const satisfies NetworkOption
