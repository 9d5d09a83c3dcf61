import type {Json} from '../../steps/object.ts'
import type {Check} from '../check.ts'
import {at, listAt, textAt} from '../json-path.ts'
import {couldNotLook, jsonOf} from '../seen.ts'

/** H05: every node is registered, Ready and under no pressure. */
export const nodesHealthy: Check<{readonly node: string}> = {
  id: 'H05',
  title: 'Node is healthy',
  tier: 'quick',
  severity: 'error',
  settleSeconds: 10,
  subjects: (scene) => scene.nodes.map(({name}) => ({node: name})),
  label: ({node}) => node,
  probes: ({node}) => ({node: {type: 'api', path: `/api/v1/nodes/${node}`}}),
  judge(evidence, {node}) {
    const looked = jsonOf(evidence, 'node')
    if ('missing' in looked) return couldNotLook(`node ${node}`, looked)
    const ready = conditionOf(looked.value, 'Ready')
    if (textAt(ready, 'status') !== 'True') {
      return {
        status: 'fail',
        summary: `${node} is not Ready`,
        cause: textAt(ready, 'message') ?? 'it has no Ready condition: the kubelet has not reported',
        fix: `kubectl describe node ${node}`,
      }
    }
    const pressures = ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'NetworkUnavailable'].filter(
      (type) => textAt(conditionOf(looked.value, type), 'status') === 'True',
    )
    if (pressures.length > 0) {
      return {
        status: 'fail',
        summary: `${node} is Ready but reports ${pressures.join(', ')}`,
        fix: `kubectl describe node ${node}`,
      }
    }
    return {status: 'pass', summary: `Ready, ${versionsOf(looked.value)}`}
  },
}

function conditionOf(node: Json, type: string): Json | undefined {
  return listAt(node, 'status', 'conditions').find((condition) => at(condition, 'type') === type)
}

function versionsOf(node: Json): string {
  const info = at(node, 'status', 'nodeInfo')
  const kubelet = textAt(info, 'kubeletVersion') ?? 'version unknown'
  const runtime = (textAt(info, 'containerRuntimeVersion') ?? 'runtime unknown').replace('://', ' ')
  return `kubelet ${kubelet}, ${runtime}`
}
