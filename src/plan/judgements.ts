import type {Check, Scene, Skip, Stage} from '../checks/check.ts'
import {type CheckName, checks} from '../checks/index.ts'
import {lacking} from '../checks/needs.ts'
import type {CheckRequest, Probe} from '../steps/check-request.ts'
import type {Json} from '../steps/object.ts'

/** One thing to judge, or one check that has nothing to judge (`request.skip` says why). */
export interface Judgement {
  readonly check: Check
  readonly request: CheckRequest & {readonly check: CheckName}
  /** Of the subject; empty for the whole cluster. */
  readonly label: string
}

/** What these checks judge in this scene, in their order: each is in the list at least once. */
export function judgements(names: readonly CheckName[], scene: Scene): readonly Judgement[] {
  return names.flatMap((name): readonly Judgement[] => {
    const check: Check = checks[name]
    const subjects = subjectsOf(check, scene)
    if ('skip' in subjects) return [{check, request: {check: name, subject: null, skip: subjects.skip}, label: ''}]
    const through = scene.nodeAccess.by === 'pods' ? {nodePods: scene.nodeAccess.namespace} : {}
    return subjects.list.map((subject) => ({
      check,
      request: {check: name, subject, ...through},
      label: check.label(subject),
    }))
  })
}

/** Whether it looks at pods of the run, or wants objects of its own. */
export function usesPods({check, request: {subject, skip}}: Judgement, stage: Stage): boolean {
  if (skip !== undefined) return false
  const looks = Object.values(check.probes(subject)).some((probe) => looksAtPods(probe, stage))
  return looks || check.ordeal !== undefined || (check.props?.(subject, stage) ?? []).length > 0
}

function looksAtPods(probe: Probe, {namespace}: Stage): boolean {
  if (probe.type === 'api') return probe.path.includes(`/namespaces/${namespace}/`)
  if (probe.type === 'node') return probe.argv.some((word) => typeof word !== 'string')
  return probe.type === 'pod' || probe.type === 'ping'
}

/** Whether it runs programs on nodes. */
export function usesNodes({check, request: {subject, skip}}: Judgement): boolean {
  return skip === undefined && Object.values(check.probes(subject)).some(({type}) => type === 'node')
}

function subjectsOf(check: Check, scene: Scene): {readonly list: readonly Json[]} | Skip {
  const reason = lacking(check.needs ?? [], scene)
  if (reason !== undefined) return {skip: reason}
  const subjects = check.subjects(scene)
  if ('skip' in subjects) return subjects
  return subjects.length === 0 ? {skip: 'there is nothing of the kind here'} : {list: subjects}
}
