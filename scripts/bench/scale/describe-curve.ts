import {lineChart} from '../chart/line-chart.ts'
import {median} from '../median.ts'
import type {Curve} from './curve.ts'
import {type Growth, growthOf, isSteep} from './growth.ts'
import type {Measurement, Series, Unit} from './measurement.ts'

type Shape = Pick<Curve, 'name' | 'title' | 'across'>

/** A picture of a curve: its file in docs/images and its text. */
export interface Picture {
  readonly file: string
  readonly svg: string
}

const what: Readonly<Record<Unit, string>> = {s: 'seconds', MB: 'peak memory'}

/** One picture for each unit that was measured, seconds first. */
export function picturesOf({name, title, across}: Shape, {series}: Measurement): readonly Picture[] {
  return unitsOf(series).map((unit) => ({
    file: unit === 's' ? `scale-${name}.svg` : `scale-${name}-memory.svg`,
    svg: `${lineChart({title: unit === 's' ? title : `${title}: ${what[unit]}`, across, unit, lines: ofUnit(series, unit)})}\n`,
  }))
}

/** The figures of a curve as Markdown, with its pictures: what stands between its markers in docs/benchmarks.md. */
export function describeCurve(shape: Shape, measured: Measurement): string {
  const pictures = picturesOf(shape, measured)
  const parts = unitsOf(measured.series).map((unit, index) => {
    const series = ofUnit(measured.series, unit)
    const alt = `${shape.title}: ${what[unit]} by ${shape.across}`
    return [table(shape.across, unit, series), growthLines(series), `![${alt}](images/${pictures[index]?.file})`].join(
      '\n\n',
    )
  })
  const repeats = Math.max(...measured.series.flatMap(({points}) => points.map(({values}) => values.length)))
  const spread = repeats > 1 ? ' Median, in brackets the lowest and the highest.' : ' Each measured once.'
  return [`${measured.machine}${spread}`, ...parts].join('\n\n')
}

function table(across: string, unit: Unit, series: readonly Series[]): string {
  const counts = [...new Set(series.flatMap(({points}) => points.map(({n}) => n)))].toSorted((a, b) => a - b)
  const rows = counts.map((n) => {
    const cells = series.map(({points}) => cell(points.find((point) => point.n === n)?.values ?? []))
    return `| ${[n.toLocaleString('en'), ...cells].join(' | ')} |`
  })
  return [
    `| ${[across, ...series.map(({name}) => `${name}, ${unit}`)].join(' | ')} |`,
    `|${'--:|'.repeat(series.length + 1)}`,
    ...rows,
  ].join('\n')
}

function cell(values: readonly number[]): string {
  if (values.length === 0) return ''
  const middle = amount(median(values))
  return values.length === 1 ? middle : `${middle} (${amount(Math.min(...values))}–${amount(Math.max(...values))})`
}

function growthLines(series: readonly Series[]): string {
  return series
    .flatMap(({name, unit, points}) => {
      const growth = growthOf(points)
      return growth ? [`- ${name}: ${growthText(growth, unit)}`] : []
    })
    .join('\n')
}

/** `grows like n^0.92 from 100 to 10,000, each further one 0.35 ms.` */
function growthText(growth: Growth, unit: Unit): string {
  const {from, to, exponent, each} = growth
  const power = `grows like n^${exponent.toFixed(2).replace('-', '−')} from ${from.toLocaleString('en')} to ${to.toLocaleString('en')}`
  return `${power}, each further one ${smallAmount(each, unit)}${isSteep(growth) ? ': **worse than linear**' : ''}.`
}

function smallAmount(value: number, unit: Unit): string {
  const small = unit === 's' ? 'ms' : 'KB'
  return Math.abs(value) < 1 ? `${amount(value * 1000)} ${small}` : `${amount(value)} ${unit}`
}

function amount(value: number): string {
  const digits = Math.abs(value) < 1 ? 2 : Math.abs(value) < 100 ? 1 : 0
  return value.toFixed(digits).replace('-', '−')
}

/** Without those that were 0 all along: whoever never was on the critical path, say. */
function ofUnit(series: readonly Series[], unit: Unit): readonly Series[] {
  return series.filter((one) => one.unit === unit && one.points.some(({values}) => values.some((value) => value > 0)))
}

function unitsOf(series: readonly Series[]): readonly Unit[] {
  return (['s', 'MB'] as const).filter((unit) => series.some((one) => one.unit === unit))
}
