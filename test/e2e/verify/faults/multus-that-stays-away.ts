import {eventually, kubectl} from '../../support/cluster.ts'
import type {Stage} from '../../support/stage.ts'
import type {Fault} from './fault.ts'

const set = ['-n', 'kube-system', 'daemonset/kube-multus-ds'] as const
const image = '/spec/template/spec/containers/0/image'

/** Pods of Multus run, and would not run again: the new image is not there, and a DaemonSet with OnDelete shows that only when a pod is replaced. */
async function poison({cluster}: Stage): Promise<void> {
  const patch = [
    {op: 'replace', path: '/spec/updateStrategy', value: {type: 'OnDelete'}},
    {op: 'replace', path: image, value: 'missing.invalid/multus:v0'},
  ]
  good = await kubectl(cluster, ['get', ...set, '-o', 'jsonpath={.spec.template.spec.containers[0].image}'])
  await kubectl(cluster, ['patch', ...set, '--type', 'json', '--patch', JSON.stringify(patch)])
}

async function cure({cluster}: Stage): Promise<void> {
  const strategy = {type: 'RollingUpdate', rollingUpdate: {maxUnavailable: 1, maxSurge: 0}}
  const patch = [
    {op: 'replace', path: '/spec/updateStrategy', value: strategy},
    {op: 'replace', path: image, value: good.trim()},
  ]
  await kubectl(cluster, ['patch', ...set, '--type', 'json', '--patch', JSON.stringify(patch)])
  await eventually('Multus is rolled out', 120, () =>
    kubectl(cluster, ['rollout', 'status', ...set, '--timeout=100s'], 110),
  )
}

let good = ''

export const multusThatStaysAway: Fault = {
  title: 'Multus does not come back when its pod is replaced',
  tier: 'full',
  flags: ['--check', 'survives-multus-restart'],
  fails: {'survives-multus-restart': /after-multus-restart is Ready with no network|Multus was not first/},
  inject: poison,
  heal: cure,
}

export const podsWithoutMultus: Fault = {
  title: 'pods start while Multus stays away',
  tier: 'full',
  flags: ['--check', 'no-pod-without-interface'],
  fails: {'no-pod-without-interface': /pods ran without net1.*though Multus was there/},
  inject: poison,
  heal: cure,
}
