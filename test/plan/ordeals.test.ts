import {describe, expect, test} from 'vitest'
import type {TargetFacts} from '../../src/plan/facts.ts'
import {verifyCluster, type VerifyClusterInput} from '../../src/plan/verify-cluster.ts'
import type {Plan} from '../../src/steps/step.ts'
import {givenNetwork, givenTarget, macvlanConfig} from './given-target.ts'
import {planText} from './plan-text.ts'
import {problemOf} from './problem-of.ts'

const blue = givenNetwork('blue', macvlanConfig('172.30.0.64', '172.30.0.127'))

function verify(input: Partial<VerifyClusterInput> = {}, facts: Partial<TargetFacts> = {}): Plan {
  return verifyCluster(
    {tier: 'full', patterns: [], networks: [], namespaces: [], keep: 'never', ...input},
    givenTarget({networks: [blue], ...facts}),
  )
}

/** Skips by check. */
function skips(plan: Plan): Readonly<Record<string, string>> {
  return Object.fromEntries(
    plan.steps.flatMap(({action}) =>
      action.type === 'check' && action.request.skip !== undefined ? [[action.request.check, action.request.skip]] : [],
    ),
  )
}

describe('ordeals', () => {
  test('what the survival of a cluster takes', async () => {
    await expect(planText(verify({patterns: ['survival']}))).toMatchFileSnapshot('../golden/plans/survival.txt')
  })

  test('come one after another, after all other looks, and those that restart nodes last', () => {
    const plan = verify()
    const known = new Map(plan.steps.map((step) => [step.id, step]))
    const before = (id: string): ReadonlySet<string> =>
      new Set((known.get(id)?.after ?? []).flatMap((one) => [one, ...before(one)]))
    const looks = plan.steps.filter(({id}) => id.startsWith('check:')).map(({id}) => id)
    const order = [
      'throughput',
      'attach-latency',
      'addresses-returned',
      'survives-multus-restart',
      'survives-uninstall',
    ]

    expect(looks.filter((id) => !before('check:survives-uninstall').has(id))).toEqual(['check:survives-uninstall'])
    for (const [index, check] of order.slice(1).entries()) {
      const id = looks.find((one) => one.startsWith(`check:${check}`)) ?? ''
      expect([...before(id)].some((one) => one.startsWith(`check:${order[index]}`))).toBe(true)
    }
  })

  test('traffic is looked at while Multus restarts, and the look afterwards waits for that too', () => {
    const {steps} = verify({patterns: ['RS01']})
    const meanwhile = steps.find(({id}) => id.includes('traffic-meanwhile'))
    const first = steps.find(({id}) => id.startsWith('ordeal:') && id.endsWith(':1'))

    expect(meanwhile?.after).toEqual(first?.after)
    expect(steps.at(-1)?.after).toContain(meanwhile?.id)
  })

  test('no wait in them ends the run: what looks next says what is wrong', () => {
    const waits = verify().steps.flatMap(({id, action}) =>
      id.startsWith('ordeal:') && action.type === 'wait' ? [action.onTimeout] : [],
    )

    expect(new Set(waits)).toEqual(new Set(['continue']))
  })

  test('whoever interrupts one gets nodes and Multus back, if they were taken away', () => {
    const {steps, onFailure} = verify({patterns: ['RS05', 'RS06']})
    const began = (type: string) => steps.filter(({action}) => action.type === type).map(({id}) => id)

    expect(onFailure.map(({action}) => action.type)).toEqual(['start-nodes', 'wait', 'apply-objects'])
    expect(onFailure[0]?.ifStarted).toEqual(began('restart-nodes'))
    expect(began('delete-objects')).toEqual(onFailure[2]?.ifStarted)
    expect(verify({tier: 'default'}).onFailure).toEqual([])
  })

  test('a person reads before what is going to be done', () => {
    expect(verify({patterns: ['survival']}).notes).toEqual([
      "the pods of kube-multus-ds and cilium are restarted; --check '!survival' leaves that out",
      "Multus is removed for half a minute, and installed again; --check '!survival' leaves that out",
      "nodes are stopped and started: dev-worker2, dev-control-plane, dev-worker; --check '!survival' leaves that out",
    ])
    expect(verify({tier: 'default'}).notes).toEqual([])
  })

  test('a cluster of somebody else is spared, unless its owner says otherwise; its Multus is never removed', () => {
    const spared = 'k8s-local did not make this cluster: --disruptive allows it to restart things there'
    const allowed = skips(verify({patterns: ['survival'], disruptive: true}, {ours: false}))

    expect(new Set(Object.values(skips(verify({patterns: ['survival', '!RS06']}, {ours: false}))))).toEqual(
      new Set([spared]),
    )
    expect(allowed).toEqual({'survives-uninstall': 'k8s-local did not make this cluster'})
  })
})

describe('measures', () => {
  const baseline = {file: 'base.json', tolerance: 0.2, measures: [{name: 'start/x', value: 1, unit: 's'} as const]}

  test('to be kept or compared need a check that measures', () => {
    expect(problemOf(() => verify({tier: 'quick', save: '/tmp/base.json'}))).toMatchObject({
      name: 'invalid-input',
      findings: [{at: '--save', message: 'only throughput and attach-latency measure, and neither was chosen'}],
    })
  })

  test('of a baseline must be among what is going to be measured', () => {
    expect(problemOf(() => verify({patterns: ['throughput'], baseline}))).toMatchObject({
      findings: [{message: 'it holds none of what would be measured'}],
    })
    expect(verify({patterns: ['T02'], baseline}).steps.length).toBeGreaterThan(0)
  })
})
