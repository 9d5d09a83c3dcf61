import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {criticalShares, criticalStretches} from '../../src/run/critical-times.ts'
import {type Doer, doerOf} from '../../src/run/doer-of.ts'
import type {Outcome, StepOutcome} from '../../src/run/events.ts'
import type {Readiness} from '../../src/steps/readiness.ts'

function stepOf(id: string, doer: Doer, startedAt: number, finishedAt: number): StepOutcome {
  return {id, title: id, doer, status: 'done', startedAt, finishedAt}
}

const run: Pick<Outcome, 'steps' | 'criticalPath'> = {
  steps: [
    stepOf('nodes', 'kind', 100, 6000),
    stepOf('images', 'images', 100, 4000),
    stepOf('agent', 'cni', 6500, 9500),
    stepOf('checks', 'k8s-local', 9500, 10_000),
    {id: 'never', title: 'never', doer: 'kubernetes', status: 'not-started'},
  ],
  criticalPath: ['nodes', 'agent', 'checks'],
}

describe('the critical path', () => {
  test('is cut into steps and into the time between them, which is ours', () => {
    expect(criticalStretches(run).map(({from, to, doer, step}) => [from, to, doer, step?.id])).toEqual([
      [0, 100, 'k8s-local', undefined],
      [100, 6000, 'kind', 'nodes'],
      [6000, 6500, 'k8s-local', undefined],
      [6500, 9500, 'cni', 'agent'],
      [9500, 10_000, 'k8s-local', 'checks'],
    ])
  })

  test('says whose work it was, longest first', () => {
    expect(criticalShares(run)).toEqual([
      {doer: 'kind', milliseconds: 5900, share: 0.59},
      {doer: 'cni', milliseconds: 3000, share: 0.3},
      {doer: 'k8s-local', milliseconds: 1100, share: 0.11},
    ])
  })

  test('names us also where we cost nothing, and nobody where nothing ran', () => {
    expect(criticalShares({steps: [stepOf('a', 'engine', 0, 50)], criticalPath: ['a']}).at(-1)).toEqual({
      doer: 'k8s-local',
      milliseconds: 0,
      share: 0,
    })
    expect(criticalShares({steps: run.steps, criticalPath: []})).toEqual([])
  })

  test('goes on in a second round whose steps have the ids of the first', () => {
    const steps = [stepOf('pod', 'kubernetes', 0, 10), stepOf('pod', 'kubernetes', 30, 60)]

    expect(criticalStretches({steps, criticalPath: ['pod', 'pod']}).map(({from, to}) => [from, to])).toEqual([
      [0, 10],
      [10, 30],
      [30, 60],
    ])
  })

  test('has no hole and no overlap, whatever its steps are', () => {
    const amount = fc.integer({min: 0, max: 5000})
    fc.assert(
      fc.property(fc.array(fc.tuple(amount, amount), {minLength: 1, maxLength: 20}), (spans) => {
        let end = 0
        const steps = spans.map(([pause, took], index) => {
          const startedAt = end + pause
          end = startedAt + took
          return stepOf(`s${index}`, 'cni', startedAt, end)
        })
        const outcome = {steps, criticalPath: steps.map(({id}) => id)}
        const stretches = criticalStretches(outcome)

        expect(stretches.map(({from}) => from)).toEqual([0, ...stretches.slice(0, -1).map(({to}) => to)])
        expect(criticalShares(outcome).reduce((sum, {milliseconds}) => sum + milliseconds, 0)).toBe(end)
      }),
      {numRuns: 50},
    )
  })
})

describe('a roll-out', () => {
  const rollout = (name: string, namespace = 'kube-system'): Readiness => ({
    type: 'rollout',
    kind: 'DaemonSet',
    namespace,
    name,
  })

  test.each<readonly [Doer, Readiness]>([
    ['cni', rollout('cilium')],
    ['cni', rollout('calico-node')],
    ['multus', rollout('kube-multus-ds')],
    ['multus', rollout('whereabouts')],
    ['kubernetes', rollout('coredns')],
    ['kubernetes', rollout('cilium', 'somebody')],
  ])('is the work of %s where it is of %o', (doer, readiness) => {
    expect(doerOf({type: 'wait', for: readiness, timeoutSeconds: 60, onTimeout: 'fail'})).toBe(doer)
  })
})
