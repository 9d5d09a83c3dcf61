import type {KubernetesDriver} from '../../drivers/ports.ts'
import type {MadeObject} from '../../plan/scenario/scenario-facts.ts'
import {refOf} from '../../steps/object.ts'
import {scenarioLabel} from '../../templates/labels.ts'

/** Kinds of what scenarios make besides what lies in their namespaces. */
export const scenarioKinds = [
  {apiVersion: 'v1', kind: 'Namespace'},
  {apiVersion: 'k8s.cni.cncf.io/v1', kind: 'NetworkAttachmentDefinition'},
  {apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingAdmissionPolicy'},
  {apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingAdmissionPolicyBinding'},
] as const

/** Everything of these kinds that carries the label of a scenario, but for what goes with a namespace that does. Throws what listing throws. */
export async function observeScenarios(
  kubernetes: KubernetesDriver,
  signal?: AbortSignal,
): Promise<readonly MadeObject[]> {
  const lists = await Promise.all(
    scenarioKinds.map((kind) => kubernetes.list({...kind, labelSelector: scenarioLabel}, signal)),
  )
  const all = lists.flat().map((object) => ({
    scenario: object.metadata.labels?.[scenarioLabel] ?? '',
    ref: refOf(object),
  }))
  const spaces = new Set(all.filter(({ref}) => ref.kind === 'Namespace').map(({ref}) => ref.name))
  return all.filter(({ref}) => !spaces.has(ref.namespace ?? ''))
}
