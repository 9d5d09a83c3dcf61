import {type ObjectRef, refOf} from '../../steps/object.ts'
import type {Ending, LastStep, Step} from '../../steps/step.ts'

export interface Removal {
  /** When what the run made stays, to look at it. */
  readonly keep: Keep
  /** The command that removes later what stays. */
  readonly removeByHand?: string
}

/** An interrupted or broken one never leaves anything: it has shown nothing that could be looked at. */
export type Keep = keyof typeof removedAfter

const removedAfter = {
  never: ['done', 'checks-failed', 'checks-unjudged', 'failed', 'interrupted'],
  'on-failure': ['done', 'failed', 'interrupted'],
  always: ['failed', 'interrupted'],
} as const satisfies Readonly<Record<string, readonly Ending[]>>

export interface RunPlace extends Removal {
  readonly scene: {readonly namespace: string}
  /** Whether the namespace was made for the run. */
  readonly ownNamespace: boolean
  /** Whether nodes were restarted: their kubelets have other work first. */
  readonly restarted: boolean
}

/**
 * What these steps made goes: with the namespace where that is the run's own, else one by one. With the pods their interfaces and addresses are gone. The
 * namespace itself, then empty, is not waited for: the namespace controller lets 5 s pass before it begins (Kubernetes 1.34, pkg/controller/namespace,
 * namespaceDeletionGracePeriod).
 */
export function removeRun(
  {scene, ownNamespace, restarted, keep, removeByHand}: RunPlace,
  made: readonly Step[],
): LastStep {
  const {namespace} = scene
  const space: ObjectRef = {apiVersion: 'v1', kind: 'Namespace', name: namespace}
  const objects = made.flatMap(({action}) => (action.type === 'apply-objects' ? action.objects.map(refOf) : []))
  const outside = objects.filter(
    (ref) => ref.namespace !== namespace && !(ref.kind === space.kind && ref.name === space.name),
  )
  return {
    id: 'remove-probe-pods',
    title: ownNamespace ? `Delete the namespace ${namespace}` : `Delete what was made in ${namespace}`,
    action: ownNamespace
      ? {type: 'delete-objects', objects: [...outside, space], until: 'pods-gone', ...(restarted && {seconds: 80})}
      : {type: 'delete-objects', objects},
    after: [],
    ...(keep !== 'never' && {when: removedAfter[keep]}),
    ...(removeByHand !== undefined && {byHand: removeByHand}),
  }
}
