import type {Readiness, ReadinessType} from '../../steps/readiness.ts'
import {type Access, accessTo, type Verb} from './access.ts'

/** What waiting for something takes: it watches, and where pods are waited for it tells why they do not start. */
export function readinessAccess(readiness: Readiness): readonly Access[] {
  const access = accesses[readiness.type] as (one: Readiness) => readonly Access[]
  return access(readiness)
}

const watching: readonly Verb[] = ['list', 'watch']
const nothing = (): readonly Access[] => []
const nodes = (): readonly Access[] => accessTo({apiVersion: 'v1', kind: 'Node'}, watching)
const pods = ({namespace}: {readonly namespace: string}): readonly Access[] =>
  accessTo({apiVersion: 'v1', kind: 'Pod', namespace}, watching)
/** Their events and logs say why they do not start. */
const startingPods = ({namespace}: {readonly namespace: string}): readonly Access[] => [
  ...accessTo({apiVersion: 'v1', kind: 'Pod', namespace}, ['get', ...watching]),
  ...accessTo({apiVersion: 'v1', kind: 'Event', namespace}, watching),
  {verb: 'get', group: '', resource: 'pods/log', namespace},
]

const accesses: {readonly [T in ReadinessType]: (readiness: Extract<Readiness, {type: T}>) => readonly Access[]} = {
  'nodes-running': nothing,
  'nodes-configured': nothing,
  'containerd-answers': nothing,
  'api-ready': () => accessTo({apiVersion: 'v1', kind: 'Secret', namespace: 'kube-system'}, ['list']),
  'nodes-registered': nodes,
  'nodes-ready': nodes,
  rollout: ({kind, namespace}) => [
    ...accessTo({apiVersion: 'apps/v1', kind, namespace}, watching),
    ...startingPods({namespace}),
  ],
  'file-on-nodes': nothing,
  'multus-first': nothing,
  'crd-established': () =>
    accessTo({apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition'}, watching),
  'pods-ready': startingPods,
  'pods-in-place': () => accessTo({apiVersion: 'v1', kind: 'Pod'}, ['list']),
  'container-running': pods,
  'job-pods-ended': ({namespace}) => accessTo({apiVersion: 'batch/v1', kind: 'Job', namespace}, watching),
  'pods-gone': pods,
}
