import {configOf} from '../option.ts'
import type {ChainOption} from './chain-option.ts'

const options = {
  snat: {
    kind: 'boolean',
    default: true,
    ask: 'Masquerade connections of the node',
    describe: "masquerade connections from the node's own address",
  },
} as const satisfies ChainOption['options']

export const portmap = {
  title: 'portmap',
  summary: "ports of the node that lead to the pod's address on this network, as each pod asks",
  plugins: ['portmap'],
  unfit: ({nodeIsGateway, title}) =>
    nodeIsGateway ? undefined : `the node has no way to a pod's address on ${title}, so no port can lead to it`,
  capabilities: {portMappings: true},
  options,
  toConfig: (values) => ({type: 'portmap', ...configOf(options, values)}),
  lint: () => [],
} as const satisfies ChainOption
