/** Everything that was measured for one curve, as docs/benchmarks/NAME.json keeps it: from it alone table and chart can be made anew. */
export interface Measurement {
  readonly curve: CurveName
  /** `Node v20.20.2, 2 CPUs, 24 GB, 2026-11-28.` */
  readonly machine: string
  /** When the last value was added, ISO 8601. */
  readonly measuredAt: string
  readonly series: readonly Series[]
}

export type CurveName = 'workers' | 'networks' | 'pods' | 'lint' | 'list'

/** One line of a chart, one column of a table. */
export interface Series {
  readonly name: string
  readonly unit: Unit
  readonly points: readonly Point[]
}

export type Unit = 's' | 'MB'

export interface Point {
  readonly n: number
  /** Every repeat, in order. */
  readonly values: readonly number[]
}

/** With one more value: of a series that is known, or of a new one at the end. Points stay in the order of n. */
export function withValue(
  all: readonly Series[],
  {name, unit, n, value}: {readonly name: string; readonly unit: Unit; readonly n: number; readonly value: number},
): readonly Series[] {
  const known = all.find((one) => one.name === name && one.unit === unit)
  if (!known) return [...all, {name, unit, points: [{n, values: [value]}]}]
  const before = known.points.find((point) => point.n === n)?.values ?? []
  const others = known.points.filter((point) => point.n !== n)
  const points = [...others, {n, values: [...before, value]}].toSorted((a, b) => a.n - b.n)
  return all.map((one) => (one === known ? {...known, points} : one))
}
