import {listAt, textAt} from '../../checks/json-path.ts'
import type {ClusterView, ViewedNode} from '../../diagnosis/collector.ts'
import type {EngineContainer} from '../../drivers/ports.ts'
import {Problem} from '../../problem.ts'
import type {Json} from '../../steps/object.ts'
import {gather, type GatherContext} from '../gather.ts'

export interface ViewOptions {
  readonly cluster: string
  /** Namespace of the privileged pods through which nodes are looked at; absent: the engine does it. */
  readonly nodePods?: string
}

/** What there is to look at: nodes by the API and by the engine, pods by the API. Throws only when the signal aborts. */
export async function observeView({cluster, nodePods}: ViewOptions, context: GatherContext): Promise<ClusterView> {
  const [apiFault, lists, containers] = await Promise.all([
    faultOfApi(context),
    gather({nodes: {type: 'api', path: '/api/v1/nodes'}, pods: {type: 'api', path: '/api/v1/pods'}}, context),
    context.drivers.engine.containers(`io.x-k8s.kind.cluster=${cluster}`, context.signal).catch(() => []),
  ])
  const items = (list: 'nodes' | 'pods') => (lists[list]?.type === 'json' ? listAt(lists[list].value, 'items') : [])
  return {
    cluster,
    ...(apiFault !== undefined && {apiFault}),
    nodes: nodesOf(items('nodes'), {containers, through: nodePods}),
    pods: items('pods'),
  }
}

/** A refusal is an answer: it is told with each thing that is refused. */
async function faultOfApi({kubernetes, signal}: GatherContext): Promise<string | undefined> {
  try {
    await (await kubernetes()).get('/version', {signal, timeoutSeconds: 10})
    return undefined
  } catch (error) {
    if (signal.aborted || !(error instanceof Problem)) throw error
    const {name, message, cause} = error.data
    if (name !== 'api-unreachable' && name !== 'kubeconfig-unreadable') return undefined
    return [message, cause?.split('\n')[0]].filter(Boolean).join(': ')
  }
}

function nodesOf(
  objects: readonly Json[],
  {containers, through}: {readonly containers: readonly EngineContainer[]; readonly through: string | undefined},
): readonly ViewedNode[] {
  const isNode = ({labels}: EngineContainer) => /control-plane|worker/.test(labels['io.x-k8s.kind.role'] ?? '')
  const names = [
    ...objects.map((node) => textAt(node, 'metadata', 'name') ?? ''),
    ...containers.filter(isNode).map(({name}) => name),
  ]
  return [...new Set(names)].toSorted().map((name) => {
    if (through !== undefined) return {name}
    const container = containers.find((one) => one.name === name)
    if (!container) return {name, fault: 'the node is no container of this engine: nobody can look at it from here'}
    return container.state === 'running' ? {name} : {name, fault: `the container of the node is ${container.state}`}
  })
}
