import {configOf} from '../option.ts'
import {mtu} from './mtu-option.ts'
import type {NetworkOption} from './network-option.ts'

const options = {
  mtu,
  multiQueue: {
    kind: 'boolean',
    ask: 'Several queues',
    describe: 'Several queues, so that a program can read it with several threads',
  },
} as const satisfies NetworkOption['options']

export const tap = {
  title: 'tap',
  summary:
    'a tap device in the pod, for programs that make their own frames such as virtual machines: reaches nobody by itself',
  plugins: ['tap'],
  link: {kind: 'tap', module: 'tun', make: ['tuntap', 'add', 'name', 'child', 'mode', 'tap']},
  spansNodes: false,
  hasMaster: false,
  subnet: 'own',
  nodeIsGateway: false,
  veth: false,
  unprovable: 'no pod reaches another by it',
  unfitIpams: {dhcp: 'nobody answers on a tap device until a program opens it'},
  options,
  toConfig: ({options: values}) => ({type: 'tap', ...configOf(options, values)}),
  lint: () => [],
} as const satisfies NetworkOption
