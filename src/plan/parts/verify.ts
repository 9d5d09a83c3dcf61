import type {Scene, Stage} from '../../checks/check.ts'
import type {CheckName} from '../../checks/index.ts'
import type {KubernetesObject} from '../../steps/object.ts'
import type {LastStep, Step, StepId} from '../../steps/step.ts'
import {runLabel} from '../../templates/labels.ts'
import {type Judgement, judgements, usesNodes, usesPods} from '../judgements.ts'
import {type Removal, removeRun} from './remove-run.ts'
import {makeNamespace, startNodePods, startProbePods} from './run-pods.ts'
import {lookStep} from './look-step.ts'
import {harmOf, ordealSteps, restoration} from './ordeals.ts'

export interface VerifyInput extends Removal {
  readonly scene: Scene
  readonly runId: string
  /** Whether the namespace is made for the run and goes with all that is in it; otherwise it was there, and only what the run made goes. */
  readonly ownNamespace: boolean
  /** `registry/name:tag` of the probe image. */
  readonly image: string
  /** See Stage. */
  readonly multus?: readonly KubernetesObject[]
  readonly checks: readonly CheckName[]
  /** Checks that have nothing to look at: in the report with the reason, or left out. */
  readonly skips: 'told' | 'left-out'
  /** Seconds that one look may take; absent: as long as looks take. */
  readonly lookSeconds?: number
  readonly after: VerifyAfter
}

/** What each part of a proof comes after; all empty for a cluster that runs. */
export interface VerifyAfter {
  /** The API answers: the namespace of the probe pods can be made. */
  readonly api: readonly StepId[]
  /** Pods can start, and attach to the networks. */
  readonly pods: readonly StepId[]
  /** What is judged is there, all but the following. */
  readonly cluster: readonly StepId[]
  /** The primary CNI is rolled out on every node. */
  readonly cni: readonly StepId[]
  /** Names of services resolve. */
  readonly services: readonly StepId[]
}

export interface VerifyPart {
  readonly steps: readonly Step[]
  readonly done: readonly StepId[]
  /** Brings back what ordeals take away. */
  readonly onFailure: readonly Step[]
  /** What the ordeals do to the cluster, for a person to know before: sentences. */
  readonly harm: readonly string[]
  readonly always: readonly LastStep[]
}

/**
 * Probe pods and other props, one step for every thing to judge, and the clean-up. Checks that need no pod do not wait for them; ordeals come last, one
 * after another.
 */
export function verify(input: VerifyInput): VerifyPart {
  const {scene, runId, image, multus = []} = input
  const stage: Stage = {namespace: scene.namespace, runId, image, multus}
  const judged = judgements(input.checks, scene).filter(
    ({request}) => input.skips === 'told' || request.skip === undefined,
  )
  const needsPods = judged.some((judgement) => usesPods(judgement, stage))
  const needsNodePods = scene.nodeAccess.by === 'pods' && judged.some(usesNodes)
  const namespace = input.ownNamespace && (needsPods || needsNodePods) ? [makeNamespace(input)] : []
  const ground = [...namespace.map(({id}) => id), ...input.after.pods]
  const pods = needsPods ? startProbePods(input, ground) : []
  const nodePods = needsNodePods ? startNodePods(input, ground) : []
  const props = stageProps(judged, stage, ground)
  const calm = judged.filter(({check, request}) => !check.ordeal || request.skip !== undefined)
  const ready = {
    probes: pods.slice(-1).map(({id}) => id),
    nodes: nodePods.slice(-1).map(({id}) => id),
    props: props.map(({id}) => id),
  }
  const looks = calm.map((judgement) => lookAt(judgement, {input, stage, ready}))
  const made = [...namespace, ...pods, ...nodePods, ...props]
  const before = [...made, ...looks]
  const ordeals = ordealSteps(
    judged.filter((judgement) => !calm.includes(judgement)),
    {how: input, stage, after: before.map(({id}) => id)},
  )
  const all = [...before, ...ordeals].map((step): Step => ({...step, proof: true}))
  return {
    steps: all,
    done: all.map(({id}) => id),
    onFailure: restoration(ordeals, stage),
    harm: harmOf(ordeals),
    always:
      made.length === 0
        ? []
        : [
            removeRun({...input, restarted: ordeals.length > 0}, [
              ...made,
              ...ordeals.filter((step) => staysIn(step, scene.namespace)),
            ]),
          ],
  }
}

/** Whether it makes objects of the run, and does not bring back what was there before. */
function staysIn({action}: Step, namespace: string): boolean {
  return action.type === 'apply-objects' && action.objects.every(({metadata}) => metadata.namespace === namespace)
}

interface Looking {
  readonly input: VerifyInput
  readonly stage: Stage
}

function lookAt(
  judgement: Judgement,
  {input, stage, ready}: Looking & {readonly ready: Readonly<Record<'probes' | 'nodes' | 'props', readonly StepId[]>>},
): Step {
  const {check, request} = judgement
  const {cluster, cni, services} = input.after
  if (request.skip !== undefined) return lookStep(judgement, input, [])
  const own = (check.props?.(request.subject, stage) ?? []).length > 0
  return lookStep(judgement, input, [
    ...(usesPods(judgement, stage) ? ready.probes : []),
    ...(usesNodes(judgement) ? ready.nodes : []),
    ...(own ? ready.props : []),
    ...cluster,
    ...(check.usesCni === true ? cni : []),
    ...(check.usesServices === true ? services : []),
  ])
}

/** The objects of all checks, at once: what one check waits for must not keep the next from starting. */
function stageProps(judged: readonly Judgement[], stage: Stage, after: readonly StepId[]): readonly Step[] {
  const wanted = judged.flatMap(({check, request: {subject, skip}}) =>
    skip === undefined ? (check.props?.(subject, stage) ?? []) : [],
  )
  const objects = [...new Map(wanted.map((object) => [keyOf(object), labelled(object, stage)])).values()]
  if (objects.length === 0) return []
  return [
    {
      id: 'probe-props',
      title: `Make ${objects.length} objects that checks look at`,
      action: {type: 'apply-objects', objects},
      after,
    },
  ]
}

/** So that `verify --cleanup` finds it, wherever it is. */
function labelled(object: KubernetesObject, {runId}: Stage): KubernetesObject {
  const {metadata} = object
  return {...object, metadata: {...metadata, labels: {...metadata.labels, [runLabel]: runId}}}
}

function keyOf({kind, metadata: {namespace = '', name}}: KubernetesObject): string {
  return `${kind} ${namespace}/${name}`
}
