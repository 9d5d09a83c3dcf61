import type {Drivers} from '../../drivers/ports.ts'
import type {ClusterFacts, TargetFacts} from '../../plan/facts.ts'
import {statusScene} from '../../plan/scene.ts'
import {Problem} from '../../problem.ts'
import type {CheckResult} from '../../steps/check-request.ts'
import type {ChosenTarget} from '../choose-target.ts'
import {observeClusters} from '../observe-clusters.ts'
import {lookAtTarget} from '../target/look-at-target.ts'
import {type ListedNetwork, listNetworks} from './list-networks.ts'
import {type ListedCluster, toListed} from './list-clusters.ts'
import {quickChecks} from './quick-checks.ts'

/** What `status` shows: problems first. */
export interface ClusterStatus {
  readonly cluster: string
  readonly problems: readonly StatusProblem[]
  /** As far as the container engine and our journal tell; absent for a cluster whose nodes are not containers here. */
  readonly listed?: ListedCluster
  /** Absent where the API does not answer. */
  readonly record?: TargetFacts['record']
  readonly nodes: TargetFacts['nodes']
  readonly networks: readonly ListedNetwork[]
  /** The quick checks of `verify`: nodes, CNI, Multus per node. */
  readonly checks: readonly CheckResult[]
}

export interface StatusProblem {
  readonly what: string
  readonly cause?: string
  readonly fix?: string
}

/** Looks at a cluster without changing it. A cluster that does not answer is a status, not an error. Throws what the engine driver throws. */
export async function clusterStatus(
  chosen: ChosenTarget,
  drivers: Drivers,
  signal: AbortSignal,
): Promise<ClusterStatus> {
  const [containers, networks] = await Promise.all([
    drivers.engine.containers('io.x-k8s.kind.cluster', signal),
    drivers.engine.networks(signal),
  ])
  const facts = (await observeClusters({containers, networks}, drivers.journal)).find(
    ({name}) => name === chosen.cluster,
  )
  const machine = facts ? {listed: toListed(facts), problems: machineProblems(facts)} : {problems: []}
  try {
    const target = await lookAtTarget(drivers, {...chosen, signal})
    const kubernetes = await drivers.kubernetes(chosen.target.kubeconfig, chosen.target.context)
    const checks = await quickChecks(statusScene(target), {
      drivers,
      signal,
      kubernetes: () => Promise.resolve(kubernetes),
    })
    return {
      cluster: chosen.cluster,
      ...machine,
      problems: [...machine.problems, ...checks.filter(isTrouble).map(toProblem)],
      record: target.record,
      nodes: target.nodes,
      networks: listNetworks(target),
      checks,
    }
  } catch (error) {
    if (signal.aborted || !(error instanceof Problem)) throw error
    return {
      cluster: chosen.cluster,
      ...machine,
      problems: [...machine.problems, fromProblem(error)],
      nodes: [],
      networks: [],
      checks: [],
    }
  }
}

function machineProblems({name, nodes, journal}: ClusterFacts): readonly StatusProblem[] {
  const stopped = nodes.filter(({state}) => state !== 'running').map((node) => node.name)
  return [
    ...(journal && journal.phase !== 'complete'
      ? [
          {
            what: 'It is half made: the run that made it did not end',
            fix: `Run the same create command again, or: k8s-local delete ${name}`,
          },
        ]
      : []),
    ...(stopped.length > 0
      ? [{what: `Nodes that do not run: ${stopped.join(', ')}`, fix: `k8s-local repair ${name}`}]
      : []),
  ]
}

function isTrouble({status}: CheckResult): boolean {
  return status === 'fail' || status === 'error' || status === 'warn'
}

function toProblem({title, subject, summary, cause, fix}: CheckResult): StatusProblem {
  const what = `${title}${subject ? ` (${subject})` : ''}: ${summary}`
  return {what, ...(cause !== undefined && {cause}), ...(fix !== undefined && {fix})}
}

function fromProblem({data: {message, cause, suggestions}}: Problem): StatusProblem {
  return {
    what: message,
    ...(cause !== undefined && {cause}),
    ...(suggestions[0] !== undefined && {fix: suggestions[0]}),
  }
}
