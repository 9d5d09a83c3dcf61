/** One axis of a chart: which values have a mark, and where a value lies. */
export interface Axis {
  readonly logarithmic: boolean
  readonly marks: readonly number[]
  /** Share of the axis from its start, 0 to 1, for a value between the first and the last mark. */
  place(value: number): number
}

/** An axis that all values fit on: from 0 in even steps, or in powers of ten where the largest is more than `widest` times the smallest and none is 0. */
export function axisFor(values: readonly number[], widest = 50): Axis {
  const known = values.filter(Number.isFinite)
  const [least, most] = [Math.min(...known), Math.max(...known)]
  if (known.length === 0 || most <= 0) return linearAxis(1)
  return least > 0 && most / least > widest ? logarithmicAxis(least, most) : linearAxis(most)
}

function linearAxis(most: number): Axis {
  const step = evenStep(most / 5)
  const count = Math.max(1, Math.ceil(most / step - 1e-9))
  const marks = Array.from({length: count + 1}, (_, index) => rounded(index * step))
  const end = marks.at(-1) ?? step
  return {logarithmic: false, marks, place: (value) => value / end}
}

function logarithmicAxis(least: number, most: number): Axis {
  const first = Math.floor(Math.log10(least) + 1e-9)
  const last = Math.max(first + 1, Math.ceil(Math.log10(most) - 1e-9))
  const marks = Array.from({length: last - first + 1}, (_, index) => rounded(10 ** (first + index)))
  return {logarithmic: true, marks, place: (value) => (Math.log10(value) - first) / (last - first)}
}

/** The smallest of 1, 2 and 5 times a power of ten that is at least this. */
function evenStep(wanted: number): number {
  const power = 10 ** Math.floor(Math.log10(wanted))
  const factor = [1, 2, 5, 10].find((one) => one * power >= wanted * (1 - 1e-9)) ?? 10
  return factor * power
}

/** Without the digits that only binary arithmetic brings. */
function rounded(value: number): number {
  return Number(value.toPrecision(12))
}
