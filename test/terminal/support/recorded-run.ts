import {Problem} from '../../../src/problem.ts'
import {doerOf} from '../../../src/run/doer-of.ts'
import type {Outcome, RunEvent} from '../../../src/run/events.ts'
import type {Plan, Step} from '../../../src/steps/step.ts'
import type {Artifact} from '../../../src/steps/artifact.ts'

const kind: Artifact = {
  name: 'kind',
  type: 'program',
  version: 'v0.33.0',
  platform: 'linux/amd64',
  origin: {kind: 'online', source: 'kind-linux-amd64'},
}

const steps: readonly Step[] = [
  {id: 'fetch-kind', title: 'Fetch kind v0.33.0', action: {type: 'fetch-artifact', artifact: kind}, after: []},
  {
    id: 'kind',
    title: 'Create the nodes with kind',
    action: {
      type: 'create-kind-cluster',
      cluster: 'lab',
      nodes: ['lab-control-plane'],
      config: 'kind: Cluster\n',
      image: 'node:v1.34.4',
      kind,
    },
    after: ['fetch-kind'],
  },
  {
    id: 'import-cilium',
    title: 'Import the images of Cilium into 3 nodes',
    action: {type: 'import-images', artifacts: [], nodes: ['lab-control-plane']},
    after: ['fetch-kind'],
  },
  {
    id: 'cilium-ready',
    title: 'Wait until Cilium is rolled out',
    action: {
      type: 'wait',
      for: {type: 'rollout', kind: 'DaemonSet', namespace: 'kube-system', name: 'cilium'},
      timeoutSeconds: 600,
      onTimeout: 'fail',
    },
    after: ['kind', 'import-cilium'],
  },
]

/** A plan of every kind of step that reporters treat differently: parallel, waiting, clean-up. */
export const plan: Plan = {
  title: 'Create the cluster lab',
  cluster: 'lab',
  steps,
  onFailure: [
    {
      id: 'undo:delete-nodes',
      title: 'Delete the node containers of lab',
      action: {type: 'delete-kind-cluster', cluster: 'lab'},
      after: [],
    },
  ],
  always: [],
  timeoutSeconds: 1200,
}

/** One event and the milliseconds to let pass before it. */
export type Timed = readonly [wait: number, event: RunEvent]

const beginning: readonly Timed[] = [
  [0, {type: 'run-started', plan}],
  [0, {type: 'step-started', step: 'fetch-kind', at: 0}],
  [400, {type: 'step-progress', step: 'fetch-kind', done: 5_000_000, total: 9_800_000, unit: 'bytes'}],
  [400, {type: 'step-finished', step: 'fetch-kind', at: 800, already: true}],
  [0, {type: 'step-started', step: 'kind', at: 800}],
  [0, {type: 'step-started', step: 'import-cilium', at: 800}],
  [4200, {type: 'step-note', step: 'kind', note: 'Starting control-plane'}],
  [0, {type: 'step-progress', step: 'import-cilium', done: 2, total: 3, unit: 'nodes'}],
  [5000, {type: 'step-finished', step: 'import-cilium', at: 10_000, already: false}],
]

function step(
  id: string,
  status: Outcome['steps'][number]['status'],
  startedAt?: number,
  finishedAt?: number,
): Outcome['steps'][number] {
  const planned = [...steps, ...plan.onFailure].find((one) => one.id === id)
  if (!planned) throw new Error(`the plan has no ${id}`)
  return {
    id,
    title: planned.title,
    doer: doerOf(planned.action),
    status,
    ...(startedAt === undefined ? {} : {startedAt}),
    ...(finishedAt === undefined ? {} : {finishedAt}),
  }
}

export const done: Outcome = {
  title: plan.title,
  cluster: 'lab',
  status: 'done',
  seconds: 71.5,
  steps: [
    step('fetch-kind', 'already', 0, 800),
    step('kind', 'done', 800, 31_200),
    step('import-cilium', 'done', 800, 10_000),
    step('cilium-ready', 'done', 31_200, 71_500),
  ],
  criticalPath: ['fetch-kind', 'kind', 'cilium-ready'],
  checks: [],
}

export const goodRun: readonly Timed[] = [
  ...beginning,
  [21_200, {type: 'step-finished', step: 'kind', at: 31_200, already: false}],
  [0, {type: 'step-started', step: 'cilium-ready', at: 31_200}],
  [1000, {type: 'step-note', step: 'cilium-ready', note: 'DaemonSet kube-system/cilium: 1 of 3 ready'}],
  [39_300, {type: 'step-finished', step: 'cilium-ready', at: 71_500, already: false}],
  [0, {type: 'run-finished', outcome: done}],
]

const problem = new Problem('kind-failed', {
  message: 'kind could not create the cluster "lab"',
  cause: 'ERROR: failed to create cluster: could not find a log line',
  suggestions: ['docker logs lab-control-plane'],
  log: '/state/clusters/lab/kind.log',
}).data

export const failed: Outcome = {
  ...done,
  status: 'failed',
  seconds: 14,
  steps: [
    step('fetch-kind', 'already', 0, 800),
    step('kind', 'failed', 800, 12_000),
    step('import-cilium', 'done', 800, 10_000),
    step('cilium-ready', 'not-started'),
    step('undo:delete-nodes', 'done', 12_000, 14_000),
  ],
  criticalPath: ['fetch-kind', 'kind'],
  problem,
  leftBehind: {what: 'the engine network lab-data', command: 'k8s-local delete lab --yes'},
}

export const badRun: readonly Timed[] = [
  ...beginning,
  [2000, {type: 'step-failed', step: 'kind', at: 12_000, problem}],
  [0, {type: 'step-started', step: 'undo:delete-nodes', at: 12_000}],
  [2000, {type: 'step-finished', step: 'undo:delete-nodes', at: 14_000, already: false}],
  [0, {type: 'run-finished', outcome: failed}],
]
