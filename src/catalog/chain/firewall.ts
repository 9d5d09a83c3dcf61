import {configOf} from '../option.ts'
import type {ChainOption} from './chain-option.ts'

const options = {
  policy: {
    kind: 'choice',
    choices: {
      open: 'pods may be reached',
      'same-bridge': 'only pods of the same bridge reach each other',
      isolated: 'no bridge reaches another',
    },
    default: 'open',
    ask: 'Who may reach the pod',
    describe: 'who may reach the pod through the node',
    config: 'ingressPolicy',
  },
} as const satisfies ChainOption['options']

export const firewall = {
  title: 'firewall',
  summary: 'lets traffic to and from the pod pass the iptables of the node',
  plugins: ['firewall'],
  unfit: ({nodeIsGateway, title}) =>
    nodeIsGateway ? undefined : `traffic on ${title} does not pass the node's iptables`,
  capabilities: {},
  options,
  toConfig: (values) => ({type: 'firewall', backend: 'iptables', ...configOf(options, values)}),
  lint: () => [],
} as const satisfies ChainOption
