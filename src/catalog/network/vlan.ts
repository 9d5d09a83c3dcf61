import {linkOnParent} from '../kernel-link.ts'
import {configOf} from '../option.ts'
import {mtu} from './mtu-option.ts'
import type {NetworkOption} from './network-option.ts'

const options = {
  vlan: {
    kind: 'integer',
    min: 1,
    max: 4094,
    ask: 'VLAN id',
    describe: 'VLAN id',
    wizard: true,
    required: true,
    config: 'vlanId',
  },
  mtu,
} as const satisfies NetworkOption['options']

export const vlan = {
  title: 'VLAN',
  summary: "a tagged sub-interface of a node's NIC in the pod: one layer 2 over all nodes, apart from the untagged one",
  plugins: ['vlan'],
  link: linkOnParent({kind: 'vlan', module: '8021q', words: ['id', '5']}),
  spansNodes: true,
  hasMaster: true,
  subnet: 'own',
  nodeIsGateway: false,
  veth: false,
  // Linux has one sub-interface of an id on a NIC, and it is in one namespace.
  unprovable: 'one pod for each node can have it',
  unfitIpams: {none: 'the plugin does not start without addresses'},
  options,
  toConfig: ({master, options: values}) => ({type: 'vlan', master, ...configOf(options, values)}),
  lint: () => [],
} as const satisfies NetworkOption
