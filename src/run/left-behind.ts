import type {Action, ActionType} from '../steps/action.ts'
import {type ObjectRef, refOf} from '../steps/object.ts'
import {contextOf, type LastStep, type Plan, type Step} from '../steps/step.ts'
import type {Outcome} from './events.ts'

export type LeftBehind = NonNullable<Outcome['leftBehind']>

export interface Remains {
  /** Steps that have changed something, or may have: those that found their work done are left out. */
  readonly changed: readonly Step[]
  /** Clean-up steps that failed, and those that such an end of the run leaves out. */
  readonly unfinished: readonly LastStep[]
}

/** What of a run is still there after it has ended, with one command that removes it. */
export function leftBehind(plan: Plan, {changed, unfinished}: Remains): LeftBehind | undefined {
  const cleared = plan.always
    .filter((step) => !unfinished.includes(step))
    .flatMap(({action}) => (action.type === 'delete-objects' ? action.objects : []))
  const kept = plan.onFailure.length > 0 ? [] : made(plan, changed).filter((step) => !isCleared(step, cleared))
  const remains = [
    ...unfinished.map((step) => lackOf(plan, step) ?? remainsOf(plan, step)),
    ...kept.map((step) => remainsOf(plan, step)),
  ].filter((one) => one !== undefined)
  const [most] = remains.toSorted((a, b) => b.weight - a.weight)
  return most && {what: most.what, command: most.command}
}

/** What stays of a run that is interrupted, when its clean-up does all that it should. */
export function leftByInterrupt(plan: Plan): LeftBehind | undefined {
  const kept = plan.always.filter(({when}) => when?.includes('interrupted') === false)
  return leftBehind(plan, {changed: plan.steps, unfinished: kept})
}

/** What would be left behind if the program ended now, in the middle of the run: for the second Ctrl-C. */
export function leftBehindNow(plan: Plan): LeftBehind | undefined {
  return leftBehind({...plan, onFailure: []}, {changed: plan.steps, unfinished: [...plan.onFailure, ...plan.always]})
}

/**
 * Steps whose work would have to be removed. Of a plan for a whole cluster that is the one which begins it: a plan that mends a cluster which was there
 * before has none, and nobody must be told to delete that.
 */
function made(plan: Plan, changed: readonly Step[]): readonly Step[] {
  const whole = plan.steps.some(({action}) => clusterActions.has(action.type))
  return changed.filter(({action}) => action.type === (whole ? 'begin-cluster' : 'apply-objects'))
}

/** Actions that make, or fail to remove, a part of a cluster of ours: `delete` removes whatever is there of it. */
const clusterActions: ReadonlySet<ActionType> = new Set<ActionType>([
  'begin-cluster',
  'create-kind-cluster',
  'delete-kind-cluster',
  'delete-engine-networks',
  'remove-kubeconfig-entries',
  'forget-cluster',
])

/** Whether all that the step made is gone: by name, or with its namespace. */
function isCleared({action}: Step, cleared: readonly ObjectRef[]): boolean {
  const gone = new Set(cleared.map(nameOf))
  const objects = objectsOf(action)
  return (
    objects.length > 0 && objects.every((ref) => gone.has(nameOf(ref)) || gone.has(`Namespace ${ref.namespace ?? ''}`))
  )
}

/** What a step of the clean-up should have brought back and has not. */
function lackOf({cluster}: Plan, {action}: Step): (LeftBehind & {readonly weight: number}) | undefined {
  if (action.type === 'start-nodes')
    return {
      what: `nodes that stand still: ${action.nodes.join(', ')}`,
      command: `docker start ${action.nodes.join(' ')}`,
      weight: 3,
    }
  if (action.type !== 'apply-objects') return undefined
  return {
    what: `a cluster without ${action.objects.map((object) => nameOf(refOf(object))).join(', ')}`,
    command: `k8s-local repair ${cluster}`,
    weight: 3,
  }
}

function remainsOf(plan: Plan, {action, byHand}: LastStep): (LeftBehind & {readonly weight: number}) | undefined {
  if (clusterActions.has(action.type)) {
    return {
      what: `what was made of the cluster "${plan.cluster}": containers, engine networks, kubeconfig entries`,
      command: `k8s-local delete ${plan.cluster} --yes`,
      weight: 3,
    }
  }
  const objects = objectsOf(action)
  if (objects.length > 0)
    return {what: objects.map(nameOf).join(', '), command: byHand ?? deleteCommand(plan, objects), weight: 2}
  if (action.type === 'delete-node-files') {
    const [node = ''] = action.nodes
    return {
      what: `${action.path} on ${action.nodes.join(', ')}`,
      command: `docker exec ${node} rm -rf ${action.path}`,
      weight: 1,
    }
  }
  return undefined
}

function objectsOf(action: Action): readonly ObjectRef[] {
  if (action.type === 'delete-objects') return action.objects
  return action.type === 'apply-objects' ? action.objects.map(refOf) : []
}

function nameOf({kind, namespace, name}: ObjectRef): string {
  return namespace ? `${kind} ${namespace}/${name}` : `${kind} ${name}`
}

/** One kubectl call for everything that shares a namespace with the first object. */
function deleteCommand(plan: Plan, objects: readonly ObjectRef[]): string {
  const namespace = objects[0]?.namespace
  const names = objects
    .filter((one) => one.namespace === namespace)
    .map(({kind, name}) => `${kind.toLowerCase()}/${name}`)
  return ['kubectl', '--context', contextOf(plan), ...(namespace ? ['-n', namespace] : []), 'delete', ...names].join(
    ' ',
  )
}
