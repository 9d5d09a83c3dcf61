import {kubectl} from '../../support/cluster.ts'
import {docker} from '../../support/engine.ts'
import type {Stage} from '../../support/stage.ts'

/** A program on the second worker, which faults of one node are made on. */
export function onNode({nodes: {workers}}: Stage, ...argv: readonly string[]): Promise<string> {
  return docker('exec', workers[1], ...argv)
}

/** The same where it does not matter whether it ends well: in healing. */
export async function tryOnNode(stage: Stage, ...argv: readonly string[]): Promise<void> {
  await onNode(stage, ...argv).catch(() => undefined)
}

/** The Multus pod of the second worker. */
export function multusPod({cluster, nodes: {workers}}: Stage): Promise<string> {
  return kubectl(cluster, [
    'get',
    'pods',
    '-n',
    'kube-system',
    '-l',
    'app=multus',
    '--field-selector',
    `spec.nodeName=${workers[1]}`,
    '-o',
    'jsonpath={.items[0].metadata.name}',
  ])
}

export async function restarted({cluster}: Stage, daemonSet: string): Promise<void> {
  await kubectl(cluster, ['rollout', 'restart', '-n', 'kube-system', `ds/${daemonSet}`])
  await rolledOut({cluster}, daemonSet)
}

export async function rolledOut({cluster}: Pick<Stage, 'cluster'>, daemonSet: string): Promise<void> {
  await kubectl(cluster, ['rollout', 'status', '-n', 'kube-system', `ds/${daemonSet}`, '--timeout=150s'], 160)
}

/** A new Multus pod on the second worker, Ready: one that does not count restarts. */
export async function freshMultusPod(stage: Stage): Promise<void> {
  await kubectl(stage.cluster, ['delete', 'pod', '-n', 'kube-system', await multusPod(stage)])
  await rolledOut(stage, 'kube-multus-ds')
}
