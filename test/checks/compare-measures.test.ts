import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {baselineText, readBaseline} from '../../src/checks/performance/baseline-file.ts'
import {baselineOf, compareMeasures} from '../../src/checks/performance/compare-measures.ts'
import type {Problem} from '../../src/problem.ts'
import type {Measure} from '../../src/steps/check-request.ts'

const rate = (value: number): Measure => ({name: 'throughput/lan/same-node', value, unit: 'bit/s'})
const time = (value: number): Measure => ({name: 'start/1-network/ready/p50', value, unit: 's'})
const against = (measures: readonly Measure[], tolerance = 0.2) => ({file: 'base.json', measures, tolerance})

describe('measures against a baseline', () => {
  test('a rate that falls and a time that grows by more than the tolerance fail, with both values', () => {
    expect(compareMeasures([rate(2e9), time(1.5)], against([rate(4e9), time(1)]))).toEqual({
      status: 'fail',
      summary:
        '2 of 2 measures are worse than in base.json by more than 20 %: throughput/lan/same-node: 4.00 Gbit/s before, 2.00 Gbit/s now',
      evidence: [
        'worse: throughput/lan/same-node: 4.00 Gbit/s before, 2.00 Gbit/s now',
        'worse: start/1-network/ready/p50: 1.00 s before, 1.50 s now',
      ],
    })
  })

  test('what is better passes, and is said', () => {
    expect(compareMeasures([rate(8e9), time(0.5)], against([rate(4e9), time(1)]))).toMatchObject({
      status: 'pass',
      summary: expect.stringContaining('2 better by more than that'),
    })
  })

  test('what was measured then and not now is said', () => {
    expect(compareMeasures([rate(4e9)], against([rate(4e9), time(1)])).evidence).toEqual([
      'not measured now: start/1-network/ready/p50',
    ])
  })

  test('nothing is worse than itself, and less tolerance never turns a failure into a pass', () => {
    const amount = fc.double({min: 0.001, max: 1e12, noNaN: true})
    fc.assert(
      fc.property(amount, amount, fc.double({min: 0, max: 1, noNaN: true}), (then, now, tolerance) => {
        for (const of of [rate, time]) {
          expect(compareMeasures([of(then)], against([of(then)], 0)).status).toBe('pass')
          const wide = compareMeasures([of(now)], against([of(then)], tolerance)).status
          const narrow = compareMeasures([of(now)], against([of(then)], tolerance / 2)).status
          expect([wide, narrow]).not.toEqual(['fail', 'pass'])
        }
      }),
    )
  })

  test('each check compares its own part only', () => {
    const baseline = against([rate(1), time(1)])

    expect(baselineOf(baseline, ['start'])?.measures).toEqual([time(1)])
    expect(baselineOf(baseline, ['round-trip'])).toBeNull()
    expect(baselineOf(undefined, ['start'])).toBeNull()
  })
})

describe('a baseline file', () => {
  test('reads back what was written', () => {
    expect(readBaseline(baselineText('dev', [rate(1), time(2)]), 'base.json')).toEqual([rate(1), time(2)])
  })

  test.each([
    ['is not there', undefined, 'it does not exist'],
    ['is no JSON', '{', 'it is not JSON'],
    ['is of something else', '{"results": []}', 'it was not written by k8s-local verify --save'],
    ['is of a later version', '{"format": "k8s-local measures", "version": 2}', 'it is of version 2, and this'],
    ['is empty', '{"format": "k8s-local measures", "version": 1, "measures": []}', 'it holds no measures'],
    [
      'is damaged',
      '{"format": "k8s-local measures", "version": 1, "measures": [{"name": "a", "value": "x", "unit": "s"}]}',
      'some of its measures are damaged',
    ],
  ])('that %s is one clear problem', (_, text, why) => {
    expect(problemOf(() => readBaseline(text, 'base.json'))).toMatchObject({
      name: 'invalid-input',
      message: 'base.json cannot be compared with',
      findings: [{at: '--compare', message: expect.stringContaining(why), fix: expect.stringContaining('--save')}],
    })
  })

  test('no text makes anything but measures or a problem of it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(problemOf(() => readBaseline(text, 'f')).name).toBe('invalid-input')
      }),
    )
  })
})

function problemOf(work: () => unknown): Problem['data'] {
  try {
    work()
  } catch (error) {
    return (error as Problem).data
  }
  throw new Error('nothing was thrown')
}
