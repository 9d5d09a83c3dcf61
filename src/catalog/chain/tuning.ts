import {mtu} from '../network/mtu-option.ts'
import {configOf} from '../option.ts'
import type {ChainOption} from './chain-option.ts'

const options = {
  sysctl: {
    kind: 'map',
    prefix: 'net.',
    ask: 'Kernel settings',
    describe: 'a setting below net, where IFNAME stands for the interface',
  },
  mac: {kind: 'text', text: 'mac', ask: 'MAC address', describe: 'MAC address'},
  mtu: {...mtu, describe: 'MTU in bytes'},
  promisc: {kind: 'boolean', ask: 'Promiscuous', describe: 'take frames of every address'},
} as const satisfies ChainOption['options']

export const tuning = {
  title: 'tuning',
  summary: 'kernel settings, MAC address, MTU, promiscuous mode of the interface',
  plugins: ['tuning'],
  capabilities: {mac: true},
  options,
  toConfig: (values) => ({type: 'tuning', ...configOf(options, values)}),
  lint: () => [],
} as const satisfies ChainOption
