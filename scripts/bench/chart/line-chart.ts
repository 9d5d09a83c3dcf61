import {element, escapeXml, startTag} from '../../../src/terminal/xml.ts'
import {median} from '../median.ts'
import {type Axis, axisFor} from './axis.ts'
import {lineChartStyle, mostSeries} from './line-chart-style.ts'

export interface LineChart {
  readonly title: string
  /** What is counted from left to right: `workers`. */
  readonly across: string
  /** What the values are in: `s`. */
  readonly unit: string
  readonly lines: readonly ChartLine[]
}

export interface ChartLine {
  readonly name: string
  /** By n, growing; each with all its repeats. */
  readonly points: readonly {readonly n: number; readonly values: readonly number[]}[]
}

/** Pixels. */
const size = {width: 860, left: 64, right: 24, top: 48, plot: 300, line: 20} as const

/** Above a logarithmic axis the slope of a line is how it grows, if the other axis is logarithmic too; where values are all alike, even steps show more. */
const besideLogarithmic = 5

/**
 * Lines through the medians, with a bar from the lowest to the highest repeat: SVG 1.1 text without scripts and without anything from elsewhere. Throws
 * Error for more lines than can be told apart.
 */
export function lineChart({title, across, unit, lines}: LineChart): string {
  if (lines.length > mostSeries) throw new Error(`${lines.length} lines: only ${mostSeries} can be told apart`)
  const x = axisFor(lines.flatMap(({points}) => points.map(({n}) => n)))
  const y = axisFor(
    lines.flatMap(({points}) => points.flatMap(({values}) => values)),
    x.logarithmic ? besideLogarithmic : undefined,
  )
  const below = size.top + size.plot
  const height = below + 56 + lines.length * size.line
  return [
    startTag('svg', {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${size.width} ${height}`,
      width: size.width,
      height,
      role: 'img',
      'aria-labelledby': 'chart-title chart-description',
    }),
    element('title', {id: 'chart-title'}, [escapeXml(title)]),
    element('desc', {id: 'chart-description'}, [escapeXml(description({title, across, unit, lines}))]),
    element('style', {}, [lineChartStyle]),
    element('rect', {class: 'ground', width: size.width, height}),
    text({class: 'head', x: 16, y: 26}, `${title}, ${unit}`),
    ...marksAcross(x, across),
    ...marksUp(y),
    ...lines.map((line, index) => drawLine(line, index, {x, y})),
    ...lines.map(({name}, index) => legendLine(name, index, below + 52 + index * size.line)),
    '</svg>',
  ].join('\n')
}

/** For who does not see it: the medians in words. */
function description({across, unit, lines}: LineChart): string {
  return lines
    .map(({name, points}) => {
      const words = points.map(({n, values}) => `${numberText(median(values))} ${unit} at ${numberText(n)}`)
      return `${name}, by ${across}: ${words.join(', ')}.`
    })
    .join(' ')
}

function marksAcross(axis: Axis, across: string): readonly string[] {
  const below = size.top + size.plot
  return [
    ...axis.marks.flatMap((mark) => {
      const x = along(axis, mark)
      return [
        element('line', {class: 'grid', x1: x, x2: x, y1: size.top, y2: below}),
        text({x, y: below + 18, 'text-anchor': 'middle'}, numberText(mark)),
      ]
    }),
    text({x: size.left + plotWidth / 2, y: below + 36, 'text-anchor': 'middle'}, across),
  ]
}

function marksUp(axis: Axis): readonly string[] {
  return axis.marks.flatMap((mark) => {
    const y = up(axis, mark)
    return [
      element('line', {class: 'grid', x1: size.left, x2: size.left + plotWidth, y1: y, y2: y}),
      text({x: size.left - 8, y: y + 4, 'text-anchor': 'end'}, numberText(mark)),
    ]
  })
}

interface Axes {
  readonly x: Axis
  readonly y: Axis
}

function drawLine({name, points}: ChartLine, index: number, {x, y}: Axes): string {
  const known = points.filter(({values}) => values.length > 0)
  const spots = known.map(({n, values}) => ({at: along(x, n), middle: up(y, median(values)), values}))
  const spreads = spots
    .filter(({values}) => values.length > 1)
    .map(({at, values}) =>
      element('line', {
        class: 'spread',
        x1: at,
        x2: at,
        y1: up(y, Math.min(...values)),
        y2: up(y, Math.max(...values)),
      }),
    )
  return element('g', {class: `series s${index}`}, [
    element('title', {}, [escapeXml(name)]),
    element('polyline', {points: spots.map(({at, middle}) => `${at},${middle}`).join(' ')}),
    ...spreads,
    ...spots.map(({at, middle}) => element('circle', {cx: at, cy: middle, r: 3})),
  ])
}

function legendLine(name: string, index: number, y: number): string {
  return element('g', {}, [
    element('g', {class: `series s${index}`}, [
      element('polyline', {points: `${size.left},${y} ${size.left + 36},${y}`}),
      element('circle', {cx: size.left + 18, cy: y, r: 3}),
    ]),
    text({x: size.left + 46, y: y + 4}, name),
  ])
}

const plotWidth = size.width - size.left - size.right

function along(axis: Axis, value: number): number {
  return tenth(size.left + axis.place(value) * plotWidth)
}

function up(axis: Axis, value: number): number {
  return tenth(size.top + (1 - axis.place(value)) * size.plot)
}

function tenth(pixels: number): number {
  return Math.round(pixels * 10) / 10
}

function numberText(value: number): string {
  return value.toLocaleString('en', {maximumFractionDigits: value < 10 ? 2 : 0})
}

function text(attributes: Readonly<Record<string, string | number>>, words: string): string {
  return element('text', attributes, [escapeXml(words)])
}
