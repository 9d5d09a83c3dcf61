import {ownLink} from '../kernel-link.ts'
import {configOf} from '../option.ts'
import {mtu} from './mtu-option.ts'
import type {NetworkOption} from './network-option.ts'

const options = {
  mtu,
  masquerade: {
    kind: 'boolean',
    ask: 'Masquerade what leaves the node',
    describe: "Masquerade what leaves the node, so that pods reach other networks under the node's address",
    config: 'ipMasq',
  },
} as const satisfies NetworkOption['options']

export const ptp = {
  title: 'point to point',
  summary: 'a veth pair between pod and node: the node routes between its pods; never another node',
  plugins: ['ptp'],
  link: ownLink({kind: 'veth', words: ['peer', 'name', 'child-peer']}),
  spansNodes: false,
  hasMaster: false,
  subnet: 'own',
  nodeIsGateway: true,
  veth: true,
  unfitIpams: {
    dhcp: 'the pair has no layer 2 that a DHCP server could be on',
    none: 'the plugin does not start without addresses',
  },
  options,
  toConfig: ({options: values}) => ({type: 'ptp', ...configOf(options, values)}),
  lint: () => [],
} as const satisfies NetworkOption
