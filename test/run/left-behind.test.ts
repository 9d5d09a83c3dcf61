import {describe, expect, test} from 'vitest'
import {leftBehind, leftBehindNow, leftByInterrupt} from '../../src/run/left-behind.ts'
import type {Action} from '../../src/steps/action.ts'
import type {LastStep, Plan, Step} from '../../src/steps/step.ts'
import {record} from './fakes.ts'

const begin = step('begin', {type: 'begin-cluster', cluster: 'demo', record})
const kind = step('kind', {
  type: 'create-kind-cluster',
  cluster: 'demo',
  nodes: [],
  config: '',
  image: 'node',
  kind: {name: 'kind', type: 'program', version: 'v1', platform: 'linux/amd64', origin: {kind: 'engine'}},
})
const pod = step('pod', {
  type: 'apply-objects',
  objects: [
    {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'a', namespace: 'x'}},
    {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'b', namespace: 'x'}},
  ],
})
const removeNodes = step('undo', {type: 'delete-kind-cluster', cluster: 'demo'})
const removeSpace = step('sweep', {type: 'delete-objects', objects: [{apiVersion: 'v1', kind: 'Namespace', name: 'x'}]})

describe('what is left behind', () => {
  test('is nothing when the clean-up did its work', () => {
    expect(leftBehind(plan([begin], [removeNodes]), {changed: [begin], unfinished: []})).toBeUndefined()
  })

  test('is the cluster when a part of it could not be removed', () => {
    expect(leftBehind(plan([begin], [removeNodes]), {changed: [begin], unfinished: [removeNodes]})?.command).toBe(
      'k8s-local delete demo --yes',
    )
  })

  test('is the new cluster when it is to be kept', () => {
    expect(leftBehind(plan([begin, pod], []), {changed: [begin, pod], unfinished: []})?.command).toBe(
      'k8s-local delete demo --yes',
    )
  })

  test('is what could not be brought back: nodes that stand still, objects that are missing', () => {
    const nodes = step('start', {type: 'start-nodes', nodes: ['demo-worker', 'demo-worker2']})

    expect(leftBehind(plan([pod], [nodes]), {changed: [pod], unfinished: [nodes]})).toEqual({
      what: 'nodes that stand still: demo-worker, demo-worker2',
      command: 'docker start demo-worker demo-worker2',
    })
    expect(leftBehind(plan([kind], [pod]), {changed: [], unfinished: [pod]})).toEqual({
      what: 'a cluster without Pod x/a, Pod x/b',
      command: 'k8s-local repair demo',
    })
  })

  test('is never a cluster that was there before the run', () => {
    expect(leftBehind(plan([kind, pod], []), {changed: [pod], unfinished: []})).toBeUndefined()
  })

  test('is what a run has added to a cluster', () => {
    expect(leftBehind(plan([pod], []), {changed: [pod], unfinished: []})).toEqual({
      what: 'Pod x/a, Pod x/b',
      command: 'kubectl --context kind-demo -n x delete pod/a pod/b',
    })
  })

  test('is nothing of what the last steps have removed, by name or with its namespace', () => {
    const run = plan([pod], [], [removeSpace])

    expect(leftBehind(run, {changed: [pod], unfinished: []})).toBeUndefined()
    expect(leftBehind(run, {changed: [pod], unfinished: [removeSpace]})?.what).toBe('Namespace x')
  })

  test('is removed by the command that the step names', () => {
    const kept = {...removeSpace, byHand: 'k8s-local verify demo --cleanup'}

    expect(leftBehind(plan([pod], [], [kept]), {changed: [], unfinished: [kept]})?.command).toBe(kept.byHand)
  })

  test('is known beforehand for an interrupt: what no clean-up removes', () => {
    expect(leftByInterrupt(plan([pod], [], [removeSpace]))).toBeUndefined()
    expect(leftByInterrupt(plan([pod], [], [{...removeSpace, when: ['done', 'interrupted']}]))).toBeUndefined()
    expect(leftByInterrupt(plan([pod], [], [{...removeSpace, when: ['done']}]))?.what).toBe('Namespace x')
    expect(leftByInterrupt(plan([begin], [removeNodes]))).toBeUndefined()
    expect(leftByInterrupt(plan([begin], []))?.command).toBe('k8s-local delete demo --yes')
  })

  test('names objects and files that a clean-up could not remove', () => {
    const files = step('files', {
      type: 'delete-node-files',
      path: '/etc/x.conf',
      nodes: ['demo-worker', 'demo-worker2'],
    })

    expect(leftBehind(plan([pod], [files]), {changed: [pod], unfinished: [files]})).toEqual({
      what: '/etc/x.conf on demo-worker, demo-worker2',
      command: 'docker exec demo-worker rm -rf /etc/x.conf',
    })
  })

  test('is said at once for a program that ends in the middle', () => {
    expect(leftBehindNow(plan([begin], [removeNodes]))?.command).toBe('k8s-local delete demo --yes')
    expect(leftBehindNow(plan([step('wait', {type: 'forget-cluster', cluster: 'demo'})], []))).toBeUndefined()
  })
})

function step(id: string, action: Action): Step {
  return {id, title: id, action, after: []}
}

function plan(steps: readonly Step[], onFailure: readonly Step[], always: readonly LastStep[] = []): Plan {
  return {title: 'Try', cluster: 'demo', steps, onFailure, always, timeoutSeconds: 60}
}
