import type {Check, Scene} from '../../checks/check.ts'
import {checks} from '../../checks/index.ts'
import type {CheckResult} from '../../steps/check-request.ts'
import type {GatherContext} from '../gather.ts'
import {inParallel} from '../in-parallel.ts'
import {runCheck} from '../run-check.ts'

/** Subjects looked at at a time: each look is a process or a request or two. */
const atOnce = 4

/** The checks that need no pod, carried out on a scene, in the order of the report. None where there is no scene. */
export async function quickChecks(scene: Scene | undefined, context: GatherContext): Promise<readonly CheckResult[]> {
  if (!scene) return []
  const work = (Object.entries(checks) as unknown as readonly (readonly [string, Check])[])
    .filter(([, check]) => check.tier === 'quick')
    .flatMap(([name, check]) => check.subjects(scene).map((subject) => ({name, check, subject})))
  return await inParallel(work, ({name, check, subject}) => runCheck(name, check, subject, context), atOnce)
}
