import {describe, expect, test} from 'vitest'
import {createCluster} from '../../src/plan/create-cluster.ts'
import type {Outcome} from '../../src/run/events.ts'
import {Problem} from '../../src/problem.ts'
import type {Plan} from '../../src/steps/step.ts'
import {createdSummary} from '../../src/terminal/summaries.ts'
import {warmAfterwards} from '../../src/terminal/warm-image.ts'
import {givenFacts, givenSpec} from '../plan/given.ts'
import {done} from './support/recorded-run.ts'

const plan = {title: 'Make a warm node image', cluster: ''} as Plan
const built: Outcome = {...done, title: plan.title, cluster: '', checks: [], seconds: 20}

describe('create --warm build', () => {
  test('makes the image after the cluster, as a part of the same run', async () => {
    const outcome = await warmAfterwards(done, {plan: async () => plan, carryOut: async () => built, tell: unexpected})

    expect(outcome).toMatchObject({title: done.title, cluster: done.cluster, checks: done.checks, status: 'done'})
    expect(outcome.seconds).toBe(done.seconds + 20)
  })

  test('says why it makes none where the disk is short, and the cluster counts', async () => {
    const told: string[] = []
    const short = () => Promise.reject(new Problem('disk-full', {message: 'About 4.0 GiB are needed'}))

    const outcome = await warmAfterwards(done, {plan: short, carryOut: unexpected, tell: (text) => told.push(text)})

    expect(outcome).toBe(done)
    expect(told).toEqual(['Note: no warm node image was made: About 4.0 GiB are needed'])
  })

  test('does not hide a mistake of ours', async () => {
    const broken = () => Promise.reject(new Error('a bug'))

    await expect(warmAfterwards(done, {plan: broken, carryOut: unexpected, tell: unexpected})).rejects.toThrow('a bug')
  })
})

describe('what create says to do next', () => {
  const made = createCluster({spec: givenSpec(), verify: false, keepOnFailure: false}, givenFacts())
  const said = (warm: 'use' | 'build' | 'never') =>
    createdSummary(made, {spec: givenSpec({kubernetes: '1.34'}), bundle: '/my bundle', warm}).filter((line) =>
      line.includes('k8s-local warm'),
    )

  test('is the warm image of just this, once; not where it was asked for or refused', () => {
    expect(said('use')).toEqual([
      "  k8s-local warm --cni cilium --multus thin --kubernetes 1.34 --bundle '/my bundle'   # once: the next create is faster",
    ])
    expect([...said('build'), ...said('never')]).toEqual([])
  })
})

function unexpected(): never {
  throw new Error('this was not expected')
}
