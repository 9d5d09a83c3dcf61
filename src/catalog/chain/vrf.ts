import {ownLink} from '../kernel-link.ts'
import {configOf} from '../option.ts'
import type {ChainOption} from './chain-option.ts'

const options = {
  name: {
    kind: 'text',
    text: 'interface',
    ask: 'Name of the VRF',
    describe: 'name of the VRF in the pod',
    required: true,
    config: 'vrfname',
  },
  table: {kind: 'integer', min: 1, max: 252, ask: 'Routing table', describe: 'number of the routing table'},
} as const satisfies ChainOption['options']

export const vrf = {
  title: 'VRF',
  summary: 'puts the interface into a routing domain of its own in the pod',
  plugins: ['vrf'],
  link: ownLink({kind: 'vrf', words: ['table', '10']}),
  capabilities: {},
  options,
  toConfig: (values) => ({type: 'vrf', ...configOf(options, values)}),
  lint: () => [],
} as const satisfies ChainOption
