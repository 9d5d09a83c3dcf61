import {configOf} from '../option.ts'
import type {ChainOption} from './chain-option.ts'

const options = {
  table: {
    kind: 'integer',
    min: 1,
    // The tables of the kernel itself begin at 253.
    max: 252,
    ask: 'Routing table',
    describe: 'number of the routing table; the first free one from 100 otherwise',
  },
} as const satisfies ChainOption['options']

export const sbr = {
  title: 'source based routing',
  summary: "what is sent from the interface's address leaves by it; its routes move into a table of their own",
  plugins: ['sbr'],
  capabilities: {},
  options,
  toConfig: (values) => ({type: 'sbr', ...configOf(options, values)}),
  lint: () => [],
} as const satisfies ChainOption
