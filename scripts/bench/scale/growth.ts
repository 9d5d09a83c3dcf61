import {median} from '../median.ts'
import type {Point} from './measurement.ts'

/** How a series grows over its upper half. */
export interface Growth {
  readonly from: number
  readonly to: number
  /** Slope between logarithms, by least squares: 1 is linear, 2 quadratic. */
  readonly exponent: number
  /** What each further n costs between the first and the last of these points. */
  readonly each: number
}

/** Above this, repeats do not explain that a series is steeper than a line. */
const steeperThanLinear = 1.15

/** Over the upper half of the points, at least two. Undefined where there are fewer, or where a median is not above 0. */
export function growthOf(points: readonly Point[]): Growth | undefined {
  const all = points.map(({n, values}) => ({n, value: median(values)})).filter(({n, value}) => n > 0 && value > 0)
  const upper = all.slice(-Math.max(2, Math.ceil(all.length / 2)))
  const [first] = upper
  const last = upper.at(-1)
  if (!first || !last || first.n === last.n) return undefined
  return {
    from: first.n,
    to: last.n,
    exponent: slope(upper.map(({n, value}) => ({x: Math.log(n), y: Math.log(value)}))),
    each: (last.value - first.value) / (last.n - first.n),
  }
}

/** Whether a curve has to be mended or explained. */
export function isSteep({exponent}: Growth): boolean {
  return exponent > steeperThanLinear
}

function slope(points: readonly {readonly x: number; readonly y: number}[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length
  const [x, y] = [mean(points.map((point) => point.x)), mean(points.map((point) => point.y))]
  const across = points.reduce((sum, point) => sum + (point.x - x) ** 2, 0)
  return points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0) / across
}
