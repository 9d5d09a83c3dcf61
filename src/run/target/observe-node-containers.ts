import type {Drivers, EngineContainer} from '../../drivers/ports.ts'
import type {KubernetesObject} from '../../steps/object.ts'
import type {ChosenTarget} from '../choose-target.ts'
import {lookAtNode} from '../node-exec.ts'
import type {TargetLooker} from './target-looker.ts'

const clusterLabel = 'io.x-k8s.kind.cluster'

/**
 * The nodes' containers in this machine's engine. A context that somebody named may lead anywhere, to a cluster whose nodes have the same names too, and
 * is believed only where the machine id that a node's kubelet reports is that of the container (kind gives each container its own).
 */
export async function observeNodeContainers(
  nodes: readonly KubernetesObject[],
  {drivers, cluster, target, signal}: ChosenTarget & {readonly drivers: Drivers; readonly signal: AbortSignal},
): Promise<Pick<TargetLooker, 'containers' | 'nodesHere'>> {
  const label = target.context === undefined ? `${clusterLabel}=${cluster}` : clusterLabel
  const all = await orNone(drivers.engine.containers(label, signal))
  const found = all.filter(({name}) => nodes.some(({metadata}) => metadata.name === name))
  const running = found.filter(({state}) => state === 'running')
  if (found.length === 0 || (target.context !== undefined && !(await isNode(running[0], nodes, {drivers, signal}))))
    return {containers: [], nodesHere: false}
  return {containers: running, nodesHere: found.length === nodes.length}
}

/** An engine that is not there is no fault here: the cluster may be anywhere. */
export async function orNone<T>(look: Promise<readonly T[]>): Promise<readonly T[]> {
  return await look.catch(() => [])
}

async function isNode(
  container: EngineContainer | undefined,
  nodes: readonly KubernetesObject[],
  context: Pick<TargetLooker, 'drivers' | 'signal'>,
): Promise<boolean> {
  if (!container) return false
  const {stdout} = await lookAtNode(context, container.name, ['cat', '/etc/machine-id'])
  const status = nodes.find(({metadata}) => metadata.name === container.name)?.['status']
  const {nodeInfo} = (status ?? {}) as {readonly nodeInfo?: {readonly machineID?: string}}
  return stdout.trim() !== '' && stdout.trim() === nodeInfo?.machineID
}
