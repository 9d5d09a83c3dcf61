import type {OptionValue, OptionValues} from '../option.ts'
import type {ChainOption} from './chain-option.ts'

const options = {
  ingress: {kind: 'rate', ask: 'Rate into the pod', describe: 'bits in a second into the pod'},
  egress: {kind: 'rate', ask: 'Rate out of the pod', describe: 'bits in a second out of the pod'},
} as const satisfies ChainOption['options']

export const bandwidth = {
  title: 'bandwidth',
  summary: 'limits the rate of the interface',
  plugins: ['bandwidth'],
  // It shapes the node's end of a veth pair: `container interface net1 has no veth peer` elsewhere (plugins v1.9.1, bandwidth/main.go).
  unfit: ({veth, title}) => (veth ? undefined : `${title} gives the node no end of the interface to shape`),
  capabilities: {bandwidth: true},
  options,
  toConfig: (values): Readonly<Record<string, number | string>> => ({
    type: 'bandwidth',
    ...shape('ingress', values['ingress']),
    ...shape('egress', values['egress']),
  }),
  lint: ({ingress, egress}: OptionValues) =>
    ingress === undefined && egress === undefined
      ? [{at: '--chain', message: 'bandwidth needs a rate', fix: 'Write --chain bandwidth:ingress=100M,egress=100M'}]
      : [],
} as const satisfies ChainOption

/** The plugin wants rate and burst together, both in bits. */
function shape(way: 'ingress' | 'egress', rate: OptionValue | undefined): Readonly<Record<string, number>> {
  return typeof rate === 'number' ? {[`${way}Rate`]: rate, [`${way}Burst`]: burstOf(rate)} : {}
}

/** A tenth of a second, at least ten full frames, and less than the 32 Gbit that the kernel can count. */
function burstOf(rate: number): number {
  return Math.min(Math.max(Math.round(rate / 10), 10 * 1500 * 8), 2 ** 34)
}
