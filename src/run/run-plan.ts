import type {Drivers} from '../drivers/ports.ts'
import {Problem, type ProblemData, toProblemData} from '../problem.ts'
import type {Ending, Plan, Step} from '../steps/step.ts'
import {cleanUp, dueSteps} from './clean-up.ts'
import type {Outcome} from './events.ts'
import {keepLog} from './keep-log.ts'
import {leftBehind} from './left-behind.ts'
import {endingOf, makeOutcome} from './outcome.ts'
import type {RunPlanOptions} from './run-options.ts'
import {makeRunState, type RunState} from './run-state.ts'
import {type Failure, schedule} from './schedule.ts'
import {makeStepRunner} from './step-runner.ts'

/**
 * Carries out a plan: each step as soon as all that it comes after are done. Never throws and never prints: what happens is told by events as it
 * happens, and by the outcome at the end. On the first failure, on an interrupt and at the plan's deadline the running steps are stopped, then
 * `onFailure` is carried out, then what of `always` is for such an end; both under a signal of their own. The cluster's lock is held all the while.
 */
export async function runPlan(plan: Plan, options: RunPlanOptions): Promise<Outcome> {
  const state = makeRunState(plan, options)
  state.emit({type: 'run-started', plan})
  const outcome = await withClusterLock(plan, options.drivers, () => carryOut(plan, options, state)).catch(
    (error: unknown) => makeOutcome(plan, state, {status: 'failed', problem: toProblemData(error)}),
  )
  state.emit({type: 'run-finished', outcome})
  return outcome
}

async function withClusterLock<T>(plan: Plan, drivers: Drivers, work: () => Promise<T>): Promise<T> {
  if (plan.cluster === '') return await work()
  const unlock = await drivers.journal.lock(plan.cluster)
  try {
    return await work()
  } finally {
    await unlock()
  }
}

async function carryOut(plan: Plan, options: RunPlanOptions, state: RunState): Promise<Outcome> {
  const broken = await runSteps(plan, options, state)
  const ended = broken && {...broken, problem: await keepLog(broken.problem, plan.cluster, options.drivers)}
  const due = <S extends Step>(steps: readonly S[], gone: boolean) =>
    dueSteps(steps, plan, {started: state.started(), gone})
  const end = ended ?? {status: endingOf(state.checks())}
  const cleaning = {...options, soFar: () => makeOutcome(plan, state, end)}
  const undone = ended ? await cleanUp(due(plan.onFailure, false), cleaning, state) : []
  const gone =
    ended !== undefined &&
    plan.onFailure.some((step) => step.action.type === 'delete-kind-cluster' && !undone.includes(step))
  const last = due(plan.always, gone)
  const kept = last.filter(({when}) => when?.includes(end.status) === false)
  const undoneLast = await cleanUp(
    last.filter((step) => !kept.includes(step)),
    cleaning,
    state,
  )
  const unfinished = [...undone, ...undoneLast, ...kept]
  const left = leftBehind(plan, {changed: ended ? state.changed() : [], unfinished})
  return makeOutcome(plan, state, {...end, ...(left && {leftBehind: left})})
}

/** Why the steps ended before their time; undefined when all are done. */
async function runSteps(
  plan: Plan,
  {drivers, signal, target}: RunPlanOptions,
  state: RunState,
): Promise<{readonly status: Ending; readonly problem: ProblemData} | undefined> {
  const stop = new AbortController()
  const runStep = makeStepRunner({
    drivers,
    target,
    cluster: plan.cluster,
    state,
    signal: stop.signal,
    soFar: () => makeOutcome(plan, state, {status: endingOf(state.checks())}),
    timeoutSeconds: plan.timeoutSeconds,
  })
  const failure = await schedule(plan.steps, runStep, {
    clock: drivers.clock,
    interrupt: signal,
    stop,
    timeoutSeconds: plan.timeoutSeconds,
  })
  if (!failure) return undefined
  return {status: failure.by === 'interrupt' ? 'interrupted' : 'failed', problem: problemOf(plan, failure, state)}
}

function problemOf(plan: Plan, failure: Failure, state: RunState): ProblemData {
  if (failure.by === 'step') return toProblemData(failure.error)
  const cause = state.lastNotes().join('\n')
  if (failure.by === 'interrupt')
    return new Problem('interrupted', {message: 'Interrupted', ...(cause && {cause})}).data
  return new Problem('wait-timeout', {
    message: `Not finished within ${plan.timeoutSeconds} s`,
    ...(cause && {cause}),
    suggestions: ['Give it more time: --timeout', ...(plan.cluster === '' ? [] : [`k8s-local status ${plan.cluster}`])],
  }).data
}
