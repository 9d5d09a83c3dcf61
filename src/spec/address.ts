/** An IP address as a number, with what is needed to write it again. */
export interface Address {
  readonly family: 4 | 6
  readonly value: bigint
}

/** An unbroken run of addresses of one family, both ends included. */
export interface AddressSpan {
  readonly first: Address
  readonly last: Address
}

/** How many addresses a span holds. */
export function spanSize({first, last}: AddressSpan): bigint {
  return last.value - first.value + 1n
}

/** The address `steps` further; negative steps go back. */
export function plus({family, value}: Address, steps: bigint | number): Address {
  return {family, value: value + BigInt(steps)}
}

export function spanContains({first, last}: AddressSpan, {family, value}: Address): boolean {
  return first.family === family && first.value <= value && value <= last.value
}

export function spansOverlap(a: AddressSpan, b: AddressSpan): boolean {
  return a.first.family === b.first.family && a.first.value <= b.last.value && b.first.value <= a.last.value
}

/**
 * The span in `parts` pieces, in order, without gap or overlap, no piece more than one address larger than another.
 * Throws a RangeError when there are fewer addresses than parts.
 */
export function slices(span: AddressSpan, parts: number): readonly AddressSpan[] {
  const size = spanSize(span)
  if (parts < 1 || size < BigInt(parts)) throw new RangeError(`${size} addresses cannot be divided into ${parts} parts`)
  const boundary = (index: number): bigint => (size * BigInt(index)) / BigInt(parts)
  return Array.from({length: parts}, (_, index) => ({
    first: plus(span.first, boundary(index)),
    last: plus(span.first, boundary(index + 1) - 1n),
  }))
}
