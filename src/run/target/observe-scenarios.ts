import type {KubernetesDriver} from '../../drivers/ports.ts'
import type {MadeObject, ScenarioFacts} from '../../plan/scenario/scenario-facts.ts'
import {refOf} from '../../steps/object.ts'
import {scenarioLabel} from '../../templates/labels.ts'
import {inParallel} from '../in-parallel.ts'
import {nodeInterfaces} from '../node-interfaces.ts'
import type {StepContext} from '../executor.ts'

/** Kinds of what scenarios make, as far as it has to be named to be removed: all else goes with its namespace, and pods go sooner when they are named. */
export const scenarioKinds = [
  {apiVersion: 'v1', kind: 'Namespace'},
  {apiVersion: 'v1', kind: 'Pod'},
  {apiVersion: 'apps/v1', kind: 'Deployment'},
  {apiVersion: 'apps/v1', kind: 'StatefulSet'},
  {apiVersion: 'k8s.cni.cncf.io/v1', kind: 'NetworkAttachmentDefinition'},
  {apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingAdmissionPolicy'},
  {apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingAdmissionPolicyBinding'},
] as const

/** Everything of these kinds that carries the label of a scenario. Throws what listing throws. */
export async function observeScenarios(
  kubernetes: Pick<KubernetesDriver, 'list'>,
  signal?: AbortSignal,
): Promise<readonly MadeObject[]> {
  const lists = await Promise.all(
    scenarioKinds.map((kind) => kubernetes.list({...kind, labelSelector: scenarioLabel}, signal)),
  )
  return lists.flat().map((object) => ({
    scenario: object.metadata.labels?.[scenarioLabel] ?? '',
    ref: refOf(object),
  }))
}

/** The addresses of all nodes' interfaces; none of nodes that the container engine does not know. */
export async function observeNodeAddresses(
  nodes: ScenarioFacts['nodes'],
  context: Pick<StepContext, 'drivers' | 'signal'>,
): Promise<ScenarioFacts['nodeAddresses']> {
  const perNode = await inParallel(nodes, ({name}) => nodeInterfaces(context, name).catch(() => []))
  return perNode.flatMap((all) =>
    all.flatMap(({name, addresses}) => addresses.map((address) => ({interface: name, address}))),
  )
}
