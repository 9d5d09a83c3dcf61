import fc from 'fast-check'
import {type FinalResults, Parser, type Result} from 'tap-parser'
import {describe, expect, test} from 'vitest'
import {asTap} from '../../../src/terminal/reports/as-tap.ts'
import {anyText} from './any-text.ts'
import {badReport, goodReport, interruptedReport, reportOf} from './given-report.ts'

/** What tap-parser makes of it, in strict mode: a line that is not TAP is a failure. */
function read(tap: string): {readonly points: readonly Result[]; readonly end: FinalResults; readonly extra: string[]} {
  const points: Result[] = []
  const extra: string[] = []
  let end: FinalResults | undefined
  const parser = new Parser({strict: true})
  parser.on('assert', (point: Result) => points.push(point))
  parser.on('extra', (line: string) => extra.push(line))
  parser.on('complete', (results: FinalResults) => (end = results))
  parser.end(`${tap}\n`)
  if (!end) throw new Error('the parser came to no end')
  return {points, end, extra}
}

describe('TAP', () => {
  test('of a bad run has a point for each subject, with its evidence', () => {
    const {points, end, extra} = read(asTap(badReport))
    const {counts, checks} = badReport

    expect(extra).toEqual([])
    expect(end.plan.end).toBe(checks.length)
    expect(end.count).toBe(checks.length)
    expect(end.fail).toBe(counts.fail + counts.error)
    expect(end.skip).toBe(counts.skip)
    expect(end.ok).toBe(false)
    expect(points.find(({ok}) => !ok)?.diag).toMatchObject({status: 'error', seconds: 1.4})
    expect(points.filter(({diag}) => diag?.code === 'KL-5102')).toHaveLength(5)
  })

  test('of a good run is ok', () => {
    const {end} = read(asTap(goodReport))

    expect(end.ok).toBe(true)
    expect(end.pass).toBe(2)
  })

  test('of an interrupted run bails out, after what was judged and what was not', () => {
    const {points, end} = read(asTap(interruptedReport))

    expect(end.bailout).toBe('KL-9001 Interrupted')
    expect(end.ok).toBe(false)
    expect(points).toHaveLength(1 + interruptedReport.unfinished.length)
  })

  test('of a run that judged nothing has an empty plan with its reason', () => {
    const {end} = read(asTap(reportOf([], {status: 'done'})))

    expect(end.plan.skipAll).toBe(true)
  })

  test('gives back every text and takes none for a directive', () => {
    fc.assert(
      fc.property(anyText, anyText, (subject, summary) => {
        const check = {check: 'reach', subject, status: 'fail', summary, evidence: [summary], seconds: 1} as const
        const {points, end, extra} = read(asTap(reportOf([check], {status: 'checks-failed'})))

        expect(extra).toEqual([])
        expect(end.fail).toBe(1)
        expect(points[0]?.skip || points[0]?.todo).toBe(false)
        expect(points[0]?.diag).toMatchObject({evidence: [summary]})
        expect(flat(points[0]?.name ?? '')).toBe(
          flat(`reach: reach${subject ? `: ${subject}` : ''}`).replace(/\{$/, '{.'),
        )
      }),
    )
  })
})

function flat(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
