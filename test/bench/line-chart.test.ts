import fc from 'fast-check'
import {XmlDocument, type XmlElement} from 'libxml2-wasm'
import {describe, expect, test} from 'vitest'
import {axisFor} from '../../scripts/bench/chart/axis.ts'
import {type LineChart, lineChart} from '../../scripts/bench/chart/line-chart.ts'
import {anyText} from '../terminal/reports/any-text.ts'

const chart: LineChart = {
  title: 'until all pods are Ready',
  across: 'pods',
  unit: 's',
  lines: [
    {
      name: 'thin, no network',
      points: [
        {n: 1, values: [1.5, 1.2, 1.9]},
        {n: 50, values: [14]},
        {n: 200, values: [52, 61]},
      ],
    },
    {
      name: 'thin, whereabouts',
      points: [
        {n: 1, values: [2.1]},
        {n: 200, values: [140]},
      ],
    },
  ],
}

test('a chart of two series, far apart', async () => {
  await expect(`${lineChart(chart)}\n`).toMatchFileSnapshot('../golden/bench/line-chart.svg')
})

describe('a chart', () => {
  test('says its medians in words for who does not see it', () => {
    expect(elements(lineChart(chart), 'desc').map(({content}) => content)).toEqual([
      'thin, no network, by pods: 1.5 s at 1, 14 s at 50, 61 s at 200. thin, whereabouts, by pods: 2.1 s at 1, 140 s at 200.',
    ])
  })

  test('has every point inside its frame, and a legend for every line, whatever the values are', () => {
    const value = fc.integer({min: 0, max: 1e9}).map((thousandths) => thousandths / 1000)
    const point = fc.record({
      n: fc.integer({min: 1, max: 100_000}),
      values: fc.array(value, {minLength: 1, maxLength: 3}),
    })
    const line = fc.record({name: fc.constantFrom('a', 'b'), points: fc.array(point, {maxLength: 6})})
    fc.assert(
      fc.property(fc.array(line, {maxLength: 8}), (lines) => {
        const picture = lineChart({...chart, lines})
        expect(picture).not.toMatch(/NaN|Infinity/)
        const circles = elements(picture, 'circle').map(({attributes: {cx, cy}}) => [Number(cx), Number(cy)])
        const spots = lines.reduce((sum, {points}) => sum + points.length, 0)
        expect(circles.length).toBe(spots + lines.length)
        // Those of the legend come last, below.
        for (const [x = 0, y = 0] of circles.slice(0, spots)) {
          expect(x).toBeGreaterThanOrEqual(64)
          expect(x).toBeLessThanOrEqual(836)
          expect(y).toBeGreaterThanOrEqual(48)
          expect(y).toBeLessThanOrEqual(348)
        }
      }),
      {numRuns: 50},
    )
  })

  test('is well-formed XML without a script, whatever its words are', () => {
    fc.assert(
      fc.property(anyText, (words) => {
        const picture = lineChart({title: words, across: words, unit: words, lines: [{name: words, points: []}]})
        expect(elements(picture, 'script')).toEqual([])
      }),
      {numRuns: 50},
    )
  })

  test('refuses more lines than can be told apart', () => {
    const lines = Array.from({length: 9}, (_, index) => ({name: `${index}`, points: []}))

    expect(() => lineChart({...chart, lines})).toThrow('only 8')
  })
})

test.each([
  ['close together: even steps from 0', [1, 2, 3, 4, 5], [0, 1, 2, 3, 4, 5]],
  ['from a quarter on', [0.25, 0.9], [0, 0.2, 0.4, 0.6, 0.8, 1]],
  ['far apart: powers of ten around them', [1, 10_000], [1, 10, 100, 1000, 10_000]],
  ['far apart and no power of ten', [3, 200], [1, 10, 100, 1000]],
  ['far apart, and one is 0', [0, 10_000], [0, 2000, 4000, 6000, 8000, 10_000]],
  ['none', [], [0, 0.2, 0.4, 0.6, 0.8, 1]],
])('the marks of values %s', (_, values, marks) => {
  expect(axisFor(values).marks).toEqual(marks)
})

/** Every element of that name: its text, and its attributes by name. */
function elements(picture: string, name: string): readonly Seen[] {
  const document = XmlDocument.fromString(picture)
  try {
    const found = document.root.find(`//svg:${name}`, {svg: 'http://www.w3.org/2000/svg'})
    return found.map((node) => {
      const {content, attrs} = node as XmlElement
      return {content, attributes: Object.fromEntries(attrs.map((one) => [one.name, one.value]))}
    })
  } finally {
    document.dispose()
  }
}

interface Seen {
  readonly content: string
  readonly attributes: Readonly<Record<string, string>>
}
