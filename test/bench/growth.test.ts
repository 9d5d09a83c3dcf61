import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {growthOf, isSteep} from '../../scripts/bench/scale/growth.ts'
import {withValue} from '../../scripts/bench/scale/measurement.ts'

const counts = [1, 10, 100, 1000, 10_000]

function series(cost: (n: number) => number) {
  return counts.map((n) => ({n, values: [cost(n)]}))
}

describe('growth', () => {
  test('of a power is its exponent, whatever its factor', () => {
    fc.assert(
      fc.property(
        fc.double({min: 0, max: 3, noNaN: true}),
        fc.double({min: 0.01, max: 100, noNaN: true}),
        (power, factor) => {
          expect(growthOf(series((n) => factor * n ** power))?.exponent).toBeCloseTo(power, 6)
        },
      ),
    )
  })

  test('is looked for in the upper half, where what is fixed hides it least', () => {
    const growth = growthOf(series((n) => 0.5 + 0.001 * n))

    expect(growth).toMatchObject({from: 100, to: 10_000})
    expect(growth?.each).toBeCloseTo(0.001, 9)
    expect(growth?.exponent).toBeLessThan(1)
  })

  test.each([
    ['linear', 1, false],
    ['n log n over these counts', 1.14, false],
    ['quadratic', 2, true],
  ])('that is %s is steep or not', (_, power, steep) => {
    const growth = growthOf(series((n) => n ** power))

    expect(growth && isSteep(growth)).toBe(steep)
  })

  test('of two points is the slope between them; of one, or of what is never above 0, there is none', () => {
    const two = [1, 2].map((n) => ({n, values: [n * n]}))

    expect(growthOf(two)?.exponent).toBeCloseTo(2)
    expect(growthOf(two.slice(1))).toBeUndefined()
    expect(growthOf(series(() => 0))).toBeUndefined()
  })

  test('goes by the median of the repeats', () => {
    const points = [1, 2].map((n) => ({n, values: [n, n, 900]}))

    expect(growthOf(points)?.exponent).toBeCloseTo(1)
  })
})

test('values are kept by series, unit and n, in the order of n, whatever order they come in', () => {
  const said = [
    {name: 'a', unit: 's', n: 10, value: 2},
    {name: 'a', unit: 'MB', n: 10, value: 70},
    {name: 'a', unit: 's', n: 1, value: 1},
    {name: 'a', unit: 's', n: 10, value: 3},
  ] as const

  expect(said.reduce<ReturnType<typeof withValue>>((all, one) => withValue(all, one), [])).toEqual([
    {
      name: 'a',
      unit: 's',
      points: [
        {n: 1, values: [1]},
        {n: 10, values: [2, 3]},
      ],
    },
    {name: 'a', unit: 'MB', points: [{n: 10, values: [70]}]},
  ])
})
