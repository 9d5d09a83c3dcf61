import type {CatalogOption} from '../option.ts'

/** Linux accepts 68 to 65535 for an Ethernet device; what sits on a NIC is further limited by it, which only the node knows. */
export const mtu = {
  kind: 'integer',
  min: 68,
  max: 65_535,
  ask: 'MTU',
  describe: 'MTU in bytes; that of the master, or 1500, otherwise',
} as const satisfies CatalogOption
