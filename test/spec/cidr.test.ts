import * as fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {type AddressSpan, plus, slices, spanContains, spanSize} from '../../src/spec/address.ts'
import {
  type Cidr,
  addressText,
  cidrSize,
  cidrSpan,
  cidrText,
  contains,
  hostSpan,
  nthAddress,
  nthSubnet,
  overlaps,
  parseAddress,
  parseCidr,
} from '../../src/spec/cidr.ts'

const ipv4 = fc
  .tuple(fc.bigInt(0n, 2n ** 32n - 1n), fc.integer({min: 0, max: 32}))
  .map(([value, prefix]) => cidrOf(4, value, prefix))
const ipv6 = fc
  .tuple(fc.bigInt(0n, 2n ** 128n - 1n), fc.integer({min: 0, max: 128}))
  .map(([value, prefix]) => cidrOf(6, value, prefix))
const anyCidr = fc.oneof(ipv4, ipv6)

function cidrOf(family: 4 | 6, value: bigint, prefix: number): Cidr {
  return cidr(`${addressText({family, value})}/${prefix}`)
}

function cidr(text: string): Cidr {
  const parsed = parseCidr(text)
  if (parsed === undefined) throw new Error(`${text} is no CIDR`)
  return parsed
}

const textOf = ({first, last}: AddressSpan): string => `${addressText(first)} ${addressText(last)}`

describe('reading and writing', () => {
  test('a subnet survives being written and read', () => {
    fc.assert(
      fc.property(anyCidr, (one) => {
        expect(parseCidr(cidrText(one))).toEqual(one)
      }),
    )
  })

  test('an address survives being written and read', () => {
    fc.assert(
      fc.property(anyCidr, ({base}) => {
        expect(parseAddress(addressText(base))).toEqual(base)
      }),
    )
  })

  test.each([
    ['172.30.5.9/24', '172.30.5.0/24'],
    ['10.0.0.0/0', '0.0.0.0/0'],
    ['255.255.255.255/32', '255.255.255.255/32'],
    ['FD00:0:0::1/64', 'fd00::/64'],
    ['2001:db8:0:0:1:0:0:1/128', '2001:db8::1:0:0:1/128'],
  ])('%s is %s', (text, canonical) => {
    expect(cidrText(cidr(text))).toBe(canonical)
  })

  test.each([
    '',
    '/24',
    '10.0.0.0',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/08',
    '10.0.0.0/8/8',
    '10.1/16',
    '010.0.0.0/8',
    '0x0a.0.0.0/8',
    '256.0.0.0/8',
    '10.0.0.0 /8',
    'fd00::/129',
    'fe80::1%eth0/64',
    'net/24',
    '12345/8',
  ])('%j is no subnet', (text) => {
    expect(parseCidr(text)).toBeUndefined()
  })
})

describe('addresses of a subnet', () => {
  test('the first and the last address are inside, their neighbours outside', () => {
    fc.assert(
      fc.property(anyCidr, (one) => {
        const {first, last} = cidrSpan(one)

        expect([contains(one, first), contains(one, last)]).toEqual([true, true])
        expect([contains(one, plus(first, -1)), contains(one, plus(last, 1))]).toEqual([false, false])
        expect(spanSize({first, last})).toBe(cidrSize(one))
      }),
    )
  })

  test.each([
    ['172.30.0.0/24', '172.30.0.1 172.30.0.254'],
    ['172.30.0.0/30', '172.30.0.1 172.30.0.2'],
    ['172.30.0.0/31', '172.30.0.0 172.30.0.1'],
    ['172.30.0.7/32', '172.30.0.7 172.30.0.7'],
    ['fd00::/126', 'fd00::1 fd00::3'],
  ])('interfaces in %s can have %s', (text, expected) => {
    expect(textOf(hostSpan(cidr(text)))).toBe(expected)
  })

  test('counts addresses from 0 and stops at the end', () => {
    const subnet = cidr('172.30.1.0/24')

    expect(addressText(nthAddress(subnet, 2))).toBe('172.30.1.2')
    expect(() => nthAddress(subnet, 256)).toThrow('172.30.1.0/24 has no address number 256')
    expect(() => nthAddress(subnet, -1)).toThrow(RangeError)
  })

  test('finds the subnets inside a subnet, side by side', () => {
    const pool = cidr('172.30.0.0/16')

    expect([0, 1, 255].map((place) => cidrText(nthSubnet(pool, 24, place)))).toEqual([
      '172.30.0.0/24',
      '172.30.1.0/24',
      '172.30.255.0/24',
    ])
    expect(() => nthSubnet(pool, 24, 256)).toThrow(RangeError)
    expect(() => nthSubnet(pool, 8, 0)).toThrow('172.30.0.0/16 is smaller than a /8')
  })
})

describe('two subnets', () => {
  test('overlap exactly when one contains the other', () => {
    fc.assert(
      fc.property(fc.oneof(fc.tuple(ipv4, ipv4), fc.tuple(ipv6, ipv6), fc.tuple(ipv4, ipv6)), ([a, b]) => {
        expect(overlaps(a, b)).toBe(contains(a, b) || contains(b, a))
        expect(overlaps(a, b)).toBe(overlaps(b, a))
      }),
    )
  })

  test('overlap with every subnet inside them', () => {
    fc.assert(
      fc.property(ipv4, fc.nat(), (outer, seed) => {
        const prefix = outer.prefix + (seed % (33 - outer.prefix))
        const inner = nthSubnet(outer, prefix, seed % 2 ** Math.min(20, prefix - outer.prefix))

        expect([contains(outer, inner), overlaps(inner, outer)]).toEqual([true, true])
      }),
    )
  })

  test.each([
    ['10.244.0.0/16', '10.244.3.0/24', true],
    ['10.244.0.0/24', '10.244.1.0/24', false],
    ['0.0.0.0/0', '10.0.0.0/8', true],
    ['::/0', '10.0.0.0/8', false],
  ])('%s and %s: %s', (a, b, expected) => {
    expect(overlaps(cidr(a), cidr(b))).toBe(expected)
  })
})

describe('slices of a range', () => {
  test('cover it in order, without gap or overlap, and differ by at most one address', () => {
    fc.assert(
      fc.property(ipv4, fc.integer({min: 1, max: 12}), (one, parts) => {
        const span = cidrSpan(one)
        fc.pre(spanSize(span) >= BigInt(parts))

        const pieces = slices(span, parts)

        const sizes = pieces.map(spanSize)
        expect(pieces).toHaveLength(parts)
        expect(pieces[0]?.first).toEqual(span.first)
        expect(pieces.at(-1)?.last).toEqual(span.last)
        expect(pieces.slice(1).map(({first}) => first)).toEqual(pieces.slice(0, -1).map(({last}) => plus(last, 1)))
        expect(sizes.every((size) => sizes.every((other) => size - other <= 1n))).toBe(true)
        expect(pieces.every(({first, last}) => spanContains(span, first) && spanContains(span, last))).toBe(true)
      }),
    )
  })

  test('three nodes share what a /24 leaves for pods', () => {
    const span = {first: nthAddress(cidr('172.30.0.0/24'), 32), last: nthAddress(cidr('172.30.0.0/24'), 254)}

    expect(slices(span, 3).map(textOf)).toEqual([
      '172.30.0.32 172.30.0.105',
      '172.30.0.106 172.30.0.179',
      '172.30.0.180 172.30.0.254',
    ])
  })

  test('fewer addresses than parts are refused', () => {
    expect(() => slices(cidrSpan(cidr('10.0.0.0/31')), 3)).toThrow('2 addresses cannot be divided into 3 parts')
  })
})
