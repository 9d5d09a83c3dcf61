import {Problem} from '../../problem.ts'
import type {ActionOf} from '../../steps/action.ts'
import {artifactFile} from '../artifact-file.ts'
import type {Executor, StepContext} from '../executor.ts'
import {removeNodes} from '../remove-nodes.ts'

/** kind has created the cluster, all nodes of it run, and its API answers. A half-made one, left by a run that was killed, is removed first. */
export const createKindCluster: Executor<'create-kind-cluster'> = async (action, context) => {
  const {cluster, config, image} = action
  const {drivers, signal, note} = context
  const state = await look(action, context)
  if (state === 'whole') return {already: true}
  if (state === 'half') {
    note('removing what a run that did not end has left')
    await removeNodes({cluster, inFlight: 0}, drivers)
  }
  const {file: program} = await artifactFile(action.kind, context)
  const {journal} = drivers
  await drivers.kind.create({
    program,
    cluster,
    config,
    image,
    // Not the private one, which `api-ready` has written: kind empties its file before it fills it, while helm may be reading.
    kubeconfig: journal.file(cluster, 'kind.kubeconfig'),
    logFile: journal.file(cluster, 'kind.log'),
    signal,
    onPhase: note,
  })
  await journal.mark(cluster, 'created')
  return {already: false}
}

async function look(
  {cluster, nodes}: ActionOf<'create-kind-cluster'>,
  {drivers, signal}: StepContext,
): Promise<'none' | 'half' | 'whole'> {
  const containers = await drivers.engine.containers(`io.x-k8s.kind.cluster=${cluster}`, signal)
  if (containers.length === 0) return 'none'
  const phase = (await drivers.journal.read(cluster))?.phase
  if (phase === undefined) throw notOurs(cluster)
  if (phase === 'creating') return 'half'
  const states = new Map(containers.map(({name, state}) => [name, state]))
  const stopped = nodes.filter((node) => states.get(node) !== 'running')
  if (stopped.length > 0) throw notRunning(cluster, stopped, states)
  const kubernetes = await drivers.kubernetes(drivers.journal.file(cluster, 'kubeconfig'))
  await kubernetes.get('/readyz', {signal, timeoutSeconds: 10})
  return 'whole'
}

function notOurs(cluster: string): Problem {
  return new Problem('cluster-exists', {
    message: `A kind cluster "${cluster}" exists that k8s-local did not create`,
    suggestions: ['Choose another name', `Remove it: kind delete cluster --name ${cluster}`],
  })
}

function notRunning(cluster: string, stopped: readonly string[], states: ReadonlyMap<string, string>): Problem {
  return new Problem('cluster-partial', {
    message: `Not all nodes of cluster "${cluster}" run`,
    cause: stopped.map((node) => `${node}: ${states.get(node) ?? 'no container'}`).join('\n'),
    suggestions: [
      ...(stopped.every((node) => states.has(node)) ? [`docker start ${stopped.join(' ')}`] : []),
      `k8s-local delete ${cluster}, then create it again`,
    ],
  })
}
