import {checkNamed} from '../../checks/index.ts'
import type {Executor} from '../executor.ts'
import {gather} from '../gather.ts'

/** Looks, judges, and reports the verdict. A judge that throws is a bug of ours, and an `error` verdict for the user. */
export const check: Executor<'check'> = async ({request}, context) => {
  const {clock} = context.drivers
  const chosen = checkNamed(request.check)
  if (!chosen) throw new Error(`no check is called ${request.check}`)
  const startedAt = clock.now()
  const evidence = await gather(chosen.probes(request.subject), context)
  const verdict = chosen.judge(evidence, request.subject)
  const seconds = (clock.now() - startedAt) / 1000
  return {
    already: false,
    check: {...verdict, check: request.check, title: chosen.title, subject: chosen.label(request.subject), seconds},
  }
}
