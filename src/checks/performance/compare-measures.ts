import type {Measure, Verdict} from '../../steps/check-request.ts'
import type {Baseline} from '../check.ts'
import {inWords} from './figures.ts'

/** The part of a baseline that these measures are of. */
export function baselineOf(baseline: Baseline | undefined, prefixes: readonly string[]): Baseline | null {
  if (!baseline) return null
  const measures = baseline.measures.filter(({name}) => prefixes.some((prefix) => name.startsWith(`${prefix}/`)))
  return measures.length === 0 ? null : {...baseline, measures}
}

/** The verdict on measures against an earlier run: fails where one is worse by more than the tolerance, and says what is better by as much. */
export function compareMeasures(
  measures: readonly Measure[],
  {file, measures: before, tolerance}: Baseline,
): Pick<Verdict, 'status' | 'summary' | 'evidence'> {
  const known = new Map(before.map((one) => [one.name, one]))
  const pairs = measures.flatMap((now) => {
    const old = known.get(now.name)
    return old && old.unit === now.unit && old.value > 0 ? [{old, now, change: changeOf(old, now)}] : []
  })
  const worse = pairs.filter(({change}) => change < -tolerance)
  const better = pairs.filter(({change}) => change > tolerance)
  const missing = before.filter(({name}) => !measures.some((one) => one.name === name))
  const words = ({old, now}: (typeof pairs)[number]) => `${now.name}: ${inWords(old)} before, ${inWords(now)} now`
  const evidence = [
    ...worse.map((pair) => `worse: ${words(pair)}`),
    ...better.map((pair) => `better: ${words(pair)}`),
    ...missing.map(({name}) => `not measured now: ${name}`),
  ]
  const limit = `${Math.round(tolerance * 100)} %`
  if (worse.length > 0)
    return {
      status: 'fail',
      summary: `${worse.length} of ${pairs.length} measures are worse than in ${file} by more than ${limit}: ${worse[0] ? words(worse[0]) : ''}`,
      evidence,
    }
  const improved = better.length === 0 ? '' : `, ${better.length} better by more than that`
  return {
    status: 'pass',
    summary: `none of ${pairs.length} measures is worse than in ${file} by more than ${limit}${improved}`,
    evidence,
  }
}

/** By which part of the earlier value it got better; negative: worse. A rate that halves, and a time that doubles, are both worse. */
function changeOf(old: Measure, now: Measure): number {
  const change = (now.value - old.value) / old.value
  return now.unit === 'bit/s' ? change : -change
}
