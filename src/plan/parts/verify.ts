import type {Scene, Stage} from '../../checks/check.ts'
import type {CheckName} from '../../checks/index.ts'
import type {KubernetesObject} from '../../steps/object.ts'
import type {LastStep, Step, StepId} from '../../steps/step.ts'
import {runLabel} from '../../templates/labels.ts'
import {type Judgement, judgements, usesNodes, usesPods} from '../judgements.ts'
import {type Removal, removeRun} from './remove-run.ts'
import {makeNamespace, startNodePods, startProbePods} from './run-pods.ts'

export interface VerifyInput extends Removal {
  readonly scene: Scene
  readonly runId: string
  /** Whether the namespace is made for the run and goes with all that is in it; otherwise it was there, and only what the run made goes. */
  readonly ownNamespace: boolean
  /** `registry/name:tag` of the probe image. */
  readonly image: string
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
  /** What is judged is there. */
  readonly cluster: readonly StepId[]
  /** Names of services resolve. */
  readonly services: readonly StepId[]
}

export interface VerifyPart {
  readonly steps: readonly Step[]
  readonly done: readonly StepId[]
  readonly always: readonly LastStep[]
}

/**
 * Probe pods and other props, one step for every thing to judge, and the clean-up. Checks that need no pod do not wait for them; ordeals come last, one
 * after another.
 */
export function verify(input: VerifyInput): VerifyPart {
  const {scene, runId, image} = input
  const stage: Stage = {namespace: scene.namespace, runId, image}
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
  const ordeals = inTurn(
    judged.filter((judgement) => !calm.includes(judgement)),
    {
      input,
      stage,
      after: before.map(({id}) => id),
    },
  )
  const all = [...before, ...ordeals].map((step): Step => ({...step, proof: true}))
  return {steps: all, done: all.map(({id}) => id), always: made.length === 0 ? [] : [removeRun(input, made)]}
}

interface Looking {
  readonly input: VerifyInput
  readonly stage: Stage
}

function lookAt(
  judgement: Judgement,
  {input, stage, ready}: Looking & {readonly ready: Readonly<Record<'probes' | 'nodes' | 'props', readonly StepId[]>>},
): Step {
  const {check, request, label} = judgement
  const {cluster, services} = input.after
  if (request.skip !== undefined) return toStep(judgement, input, [])
  const own = (check.props?.(request.subject, stage) ?? []).length > 0
  return {
    ...toStep(judgement, input, [
      ...(usesPods(judgement, stage) ? ready.probes : []),
      ...(usesNodes(judgement) ? ready.nodes : []),
      ...(own ? ready.props : []),
      ...cluster,
      ...(check.usesServices === true ? services : []),
    ]),
    title: titleOf(check.title, label),
  }
}

function toStep({check, request, label}: Judgement, {lookSeconds}: VerifyInput, after: readonly StepId[]): Step {
  return {
    id: stepId(request.check, label),
    title: titleOf(check.title, label),
    action: {type: 'check', request: {...request, ...(lookSeconds !== undefined && {lookSeconds})}},
    after,
  }
}

function stepId(check: CheckName, label: string): StepId {
  return label === '' ? `check:${check}` : `check:${check}:${label.replaceAll(/[^A-Za-z0-9/.]+/g, '-')}`
}

function titleOf(title: string, label: string): string {
  return label === '' ? title : `${title}: ${label}`
}

/** What is done to the cluster for a check, then the look; the next one's after it. */
function inTurn(
  judged: readonly Judgement[],
  {input, stage, after}: Looking & {readonly after: readonly StepId[]},
): readonly Step[] {
  const steps: Step[] = []
  for (const judgement of judged) {
    const {check, request, label} = judgement
    const last = () => (steps.length === 0 ? after : steps.slice(-1).map(({id}) => id))
    const id = stepId(request.check, label).replace('check:', 'ordeal:')
    for (const [index, {title, action}] of (check.ordeal?.(request.subject, stage) ?? []).entries())
      steps.push({id: `${id}:${index + 1}`, title, action, after: last()})
    steps.push(toStep(judgement, input, last()))
  }
  return steps
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
