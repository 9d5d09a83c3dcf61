import {Problem} from '../problem.ts'
import type {NetworkSpec} from '../spec/network-spec.ts'
import type {Plan} from '../steps/step.ts'
import {runDeadlines} from './deadlines.ts'
import type {TargetFacts} from './facts.ts'
import {makePlan} from './make-plan.ts'
import {siteOfTarget} from './network-site.ts'
import {standingFindings} from './network-standing.ts'
import {makeNetwork} from './parts/network.ts'
import {networkNeeds} from './parts/network-needs.ts'
import {findReplaced, type ReplacedNetwork, removeReplaced} from './replace-network.ts'
import {resolveNetwork} from './resolve-network.ts'
import type {ResolvedNetwork} from './resolved-network.ts'
import {needMultus} from './target-cluster.ts'

export interface AddNetworkInput {
  readonly spec: NetworkSpec
  /** Seconds for the whole run. */
  readonly timeoutSeconds?: number
}

export interface NetworkPlan {
  readonly plan: Plan
  /** A network of the name that is otherwise: it is in the plan that it goes, and somebody has to confirm that. */
  readonly replaced?: ReplacedNetwork
}

/**
 * One network that pods can attach to, with what it needs on the nodes and in the cluster.
 * Throws invalid-input with all findings, multus-missing, artifact-unavailable, kernel-lacks-link, device-not-advertised, preflight-failed (a plugin that
 * nobody has).
 */
export function addNetwork({spec, timeoutSeconds}: AddNetworkInput, facts: TargetFacts): NetworkPlan {
  needMultus(facts)
  const network = resolveNetwork(spec, siteOfTarget(facts))
  refuseNamespace(spec, facts)
  const replaced = findReplaced(network, facts)
  const removed = replaced ? removeReplaced(replaced, facts) : []
  const needed = networkNeeds(network, facts)
  const before = [...needed.done, ...removed.map(({id}) => id)]
  const plan = makePlan({
    title: `${replaced ? 'Replace' : 'Add'} the ${spec.type} network ${spec.namespace}/${spec.name}`,
    cluster: facts.cluster,
    steps: [...needed.steps, ...removed, ...makeNetwork(network, before).steps],
    timeoutSeconds: timeoutSeconds ?? runDeadlines.change,
    notes: [...network.notes, ...(replaced?.notes ?? [])],
  })
  return {plan, ...(replaced && {replaced})}
}

/** The network as it would be, to be printed: what the machine of the nodes lacks for it is a note, for it may be meant for another. Throws invalid-input, artifact-unavailable. */
export function previewNetwork({spec}: AddNetworkInput, facts: TargetFacts): ResolvedNetwork {
  const {resources: _, ...site} = siteOfTarget(facts)
  const network = resolveNetwork(spec, {...site, refusedLinks: {}})
  const lacking = standingFindings(spec, siteOfTarget(facts)).map(({message}) => `not on this cluster: ${message}`)
  return {...network, notes: [...network.notes, ...lacking]}
}

function refuseNamespace({namespace}: NetworkSpec, {namespaces}: TargetFacts): void {
  if (namespaces.includes(namespace)) return
  throw new Problem('invalid-input', {
    message: `There is no namespace ${namespace}`,
    suggestions: [`kubectl create namespace ${namespace}`],
    findings: [
      {at: '--namespace', message: `there is no namespace ${namespace}`, fix: `kubectl create namespace ${namespace}`},
    ],
  })
}
