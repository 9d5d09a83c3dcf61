import type {IpamOption} from './ipam-option.ts'

export const none = {
  title: 'none',
  summary: 'no addresses: an interface on layer 2 alone',
  plugins: [],
  source: 'nowhere',
  uniqueAcrossNodes: true,
  capabilities: {},
  toConfig: () => undefined,
} as const satisfies IpamOption
