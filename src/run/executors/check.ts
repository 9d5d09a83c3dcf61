import {checkNamed} from '../../checks/index.ts'
import type {Executor} from '../executor.ts'
import {runCheck} from '../run-check.ts'

/** Looks, judges, and reports the verdict. */
export const check: Executor<'check'> = async ({request}, context) => {
  const chosen = checkNamed(request.check)
  if (!chosen) throw new Error(`no check is called ${request.check}`)
  return {
    already: false,
    check: await runCheck(chosen, request, {...context.looks, alone: context, signal: context.signal}),
  }
}
