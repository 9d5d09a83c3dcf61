import type {Scene} from '../../checks/check.ts'
import type {CheckName} from '../../checks/index.ts'
import {judgements, usesPods} from '../../plan/judgements.ts'
import {essentialChecks} from '../../plan/select-checks.ts'
import type {CheckResult} from '../../steps/check-request.ts'
import type {GatherContext} from '../gather.ts'
import {inParallel} from '../in-parallel.ts'
import {runCheck} from '../run-check.ts'

/** Subjects looked at at a time: each look is a process or a request or two. */
const atOnce = 4

/** The checks that need no pod of ours, carried out on a scene, in the order of the report. */
export async function quickChecks(
  scene: Scene,
  context: GatherContext,
  names: readonly CheckName[] = essentialChecks,
): Promise<readonly CheckResult[]> {
  const stage = {namespace: scene.namespace, runId: '', image: '', multus: []}
  const work = judgements(names, scene).filter(
    (judgement) => judgement.request.skip === undefined && !usesPods(judgement, stage),
  )
  return await inParallel(work, ({check, request}) => runCheck(check, request, context), atOnce)
}
