import {expect, test} from 'vitest'
import type {Outcome} from '../../src/run/events.ts'
import {joinOutcomes} from '../../src/run/join-outcomes.ts'

const outcome = (id: string, other: Partial<Outcome> = {}): Outcome => ({
  title: id,
  cluster: 'demo',
  status: 'done',
  seconds: 2,
  steps: [{id, title: id, doer: 'engine', status: 'done', startedAt: 0, finishedAt: 500}],
  criticalPath: [id],
  checks: [],
  ...other,
})

test('two runs are one: the steps of the second come later, and it says how it ended', () => {
  const problem = {name: 'wait-timeout', code: 'KL-0000', message: 'too late', suggestions: []} as const
  const joined = joinOutcomes(outcome('a'), outcome('b', {status: 'failed', problem}))

  expect(joined).toMatchObject({title: 'b', status: 'failed', seconds: 4, criticalPath: ['a', 'b'], problem})
  expect(joined.steps.map(({id, startedAt, finishedAt}) => [id, startedAt, finishedAt])).toEqual([
    ['a', 0, 500],
    ['b', 2000, 2500],
  ])
})

test('a second run that finds all done takes nothing from what the first has done', () => {
  expect(joinOutcomes(outcome('a'), outcome('b', {status: 'already'})).status).toBe('done')
  expect(joinOutcomes(outcome('a', {status: 'already'}), outcome('b', {status: 'already'})).status).toBe('already')
})
