import type {EngineContainer} from '../../drivers/ports.ts'
import type {KubernetesObject} from '../../steps/object.ts'
import type {ChosenTarget} from '../choose-target.ts'
import {lookAtNode} from '../node-exec.ts'
import type {TargetLooker} from './target-looker.ts'

/** The label by which kind's containers carry the name of their cluster. */
export const kindLabel = 'io.x-k8s.kind.cluster'

/** Which containers may be nodes: those of the cluster, or for a context that somebody named, those of any, for contexts can be renamed. */
export function containerLabel({cluster, target}: ChosenTarget): string {
  return target.context === undefined ? `${kindLabel}=${cluster}` : kindLabel
}

/**
 * The nodes' containers in this machine's engine. A context that somebody named may lead anywhere, to a cluster whose nodes have the same names too, and
 * is believed only where the machine id that a node's kubelet reports is that of the container (kind gives each container its own).
 */
export async function findNodeContainers(
  nodes: readonly KubernetesObject[],
  all: readonly EngineContainer[],
  {target, ...context}: Pick<ChosenTarget, 'target'> & Pick<TargetLooker, 'drivers' | 'signal'>,
): Promise<Pick<TargetLooker, 'containers' | 'nodesHere'>> {
  const found = all.filter(({name}) => nodes.some(({metadata}) => metadata.name === name))
  const running = found.filter(({state}) => state === 'running')
  if (found.length === 0 || (target.context !== undefined && !(await isNode(running[0], nodes, context))))
    return {containers: [], nodesHere: false}
  return {containers: running, nodesHere: found.length === nodes.length}
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
