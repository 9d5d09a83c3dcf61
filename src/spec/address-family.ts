import type {NetworkSpec} from './network-spec.ts'

/** What was asked of the addresses of one IP version. */
export interface FamilyWish {
  readonly family: 4 | 6
  readonly subnet?: string
  readonly rangeStart?: string
  readonly rangeEnd?: string
  readonly gateway?: string
}

/** The wishes of a network by IP version: of each that anything was said of; IPv4 alone where nothing was. */
export function families(
  spec: Pick<NetworkSpec, 'subnets' | 'rangeStarts' | 'rangeEnds' | 'gateways'>,
): readonly FamilyWish[] {
  const wishes = ([4, 6] as const).map((family): FamilyWish => {
    const [subnet, rangeStart, rangeEnd, gateway] = [spec.subnets, spec.rangeStarts, spec.rangeEnds, spec.gateways].map(
      (texts) => texts?.find((text) => text.includes(':') === (family === 6)),
    )
    return {
      family,
      ...(subnet !== undefined && {subnet}),
      ...(rangeStart !== undefined && {rangeStart}),
      ...(rangeEnd !== undefined && {rangeEnd}),
      ...(gateway !== undefined && {gateway}),
    }
  })
  const said = wishes.filter((wish) => Object.keys(wish).length > 1)
  return said.length > 0 ? said : [{family: 4}]
}
