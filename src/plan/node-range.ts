import type {Cidr} from '../spec/cidr.ts'

/** Prefix length of the part of an extra network that nodes take; pods get the rest. */
const nodeRangePrefix = 27

/** The address range of an extra network that belongs to nodes: the engine's own address is in it too. */
export function nodeRangeOf(subnet: Cidr): Cidr {
  return {base: subnet.base, prefix: Math.max(nodeRangePrefix, subnet.prefix)}
}
