import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {inOrder, makePlan} from '../../src/plan/make-plan.ts'
import {ends, join, nothing, single} from '../../src/plan/part.ts'
import type {Step} from '../../src/steps/step.ts'

function step(id: string, after: readonly string[] = []): Step {
  return {id, title: id, action: {type: 'complete-cluster', cluster: 'dev'}, after}
}

function plan(steps: readonly Step[]) {
  return makePlan({title: 'test', cluster: 'dev', steps, timeoutSeconds: 1})
}

describe('makePlan', () => {
  test('takes a graph that holds together, and fills in the lists that are empty', () => {
    const made = plan([step('a'), step('b', ['a']), step('c', ['a', 'b'])])

    expect(made.onFailure).toEqual([])
    expect(made.always).toEqual([])
  })

  test('refuses two steps of one id, also across its lists', () => {
    expect(() => plan([step('a'), step('a')])).toThrow('two steps are called a')
    expect(() =>
      makePlan({title: 't', cluster: 'dev', steps: [step('a')], always: [step('a')], timeoutSeconds: 1}),
    ).toThrow('two steps are called a')
  })

  test('refuses a step that comes after one that does not exist', () => {
    expect(() => plan([step('a', ['missing'])])).toThrow('a comes after missing, which does not exist')
  })

  test('refuses steps that wait for each other, and names them', () => {
    expect(() => plan([step('a', ['c']), step('b', ['a']), step('c', ['b']), step('d')])).toThrow(
      'in a circle: a, b, c',
    )
  })

  test('refuses a step that waits for itself', () => {
    expect(() => plan([step('a', ['a'])])).toThrow('in a circle: a')
  })

  test('tells all that is wrong at once', () => {
    expect(() => plan([step('a', ['x']), step('a', ['y'])])).toThrow(/called a\n.*x.*\n.*y/)
  })
})

describe('inOrder', () => {
  test('puts every step behind all that it comes after, whatever the order it was written in', () => {
    fc.assert(
      fc.property(acyclicSteps, (steps) => {
        const ids = inOrder(steps).map(({id}) => id)

        expect(ids).toHaveLength(steps.length)
        for (const {id, after} of steps)
          for (const before of after) expect(ids.indexOf(before)).toBeLessThan(ids.indexOf(id))
      }),
    )
  })
})

describe('parts', () => {
  test('join keeps the order of steps and gathers what they are done with', () => {
    const joined = join(single(step('a')), nothing, single(step('b')))

    expect(joined.steps.map(({id}) => id)).toEqual(['a', 'b'])
    expect(joined.done).toEqual(['a', 'b'])
  })

  test('the ends of a graph are reached only when every step is done', () => {
    fc.assert(
      fc.property(acyclicSteps, (steps) => {
        const reached = new Set<string>()
        const walk = (id: string): void => {
          reached.add(id)
          for (const before of steps.find((one) => one.id === id)?.after ?? []) walk(before)
        }

        ends(steps).forEach(walk)

        expect(reached.size).toBe(steps.length)
      }),
    )
  })
})

/** Up to eight steps, each after some of those with a smaller number, in any order. */
const acyclicSteps = fc.array(fc.array(fc.nat(7), {maxLength: 3}), {minLength: 1, maxLength: 8}).chain((rows) =>
  fc.shuffledSubarray(
    rows.map((after, index) =>
      step(
        `s${index}`,
        [...new Set(after.filter((one) => one < index))].map((one) => `s${one}`),
      ),
    ),
    {minLength: rows.length},
  ),
)
