import type {Drivers, KubernetesDriver} from '../drivers/ports.ts'
import {Problem, toProblemData} from '../problem.ts'
import {contextOf, type Step} from '../steps/step.ts'
import {batchLooks} from './batch/batch-looks.ts'
import type {StepContext} from './executor.ts'
import {execute} from './executors/index.ts'
import type {RunTarget} from './run-options.ts'
import type {RunState} from './run-state.ts'
import type {Outcome} from './events.ts'
import type {StepEnd} from './schedule.ts'

export interface StepRunnerOptions {
  readonly drivers: Drivers
  readonly target: RunTarget | undefined
  readonly cluster: string
  readonly state: RunState
  readonly signal: AbortSignal
  soFar(): Outcome
  /** Seconds from now until no step may run any more. */
  readonly timeoutSeconds: number
}

/** Carries out single steps and says so by events. The returned function never rejects. */
export function makeStepRunner(options: StepRunnerOptions): (step: Step) => Promise<StepEnd> {
  const {drivers, target, cluster, state, signal} = options
  const kubernetes = oneClient(options)
  const context = contextOf({cluster, ...(target?.context !== undefined && {context: target.context})})
  const looks = batchLooks({drivers, kubernetes})
  const deadline = drivers.clock.now() + options.timeoutSeconds * 1000
  const stepContext = ({id}: Step): StepContext => ({
    drivers,
    cluster,
    context,
    // A signal of its own for each step: Node warns of more than ten listeners on one.
    signal: AbortSignal.any([signal]),
    kubernetes,
    looks,
    progress: (done, total, unit) =>
      state.emit({type: 'step-progress', step: id, done, ...(total !== undefined && {total}), unit}),
    note: (note) => state.emit({type: 'step-note', step: id, note}),
    secondsLeft: () => Math.max(0, (deadline - drivers.clock.now()) / 1000),
    soFar: options.soFar,
  })
  return async (step) => {
    state.emit({type: 'step-started', step: step.id, at: state.elapsed()})
    try {
      const {already, check} = await execute(step.action, stepContext(step))
      if (check) state.emit({type: 'check-finished', step: step.id, result: check})
      state.emit({type: 'step-finished', step: step.id, at: state.elapsed(), already})
      return {ok: true}
    } catch (error) {
      const stopped = signal.aborted && isInterruption(error)
      const at = state.elapsed()
      state.emit(
        stopped
          ? {type: 'step-stopped', step: step.id, at}
          : {type: 'step-failed', step: step.id, at, problem: toProblemData(error)},
      )
      return {ok: false, error}
    }
  }
}

/** One client for all steps. A failed attempt is not kept: the kubeconfig may appear later. */
function oneClient({drivers, target, cluster}: StepRunnerOptions): () => Promise<KubernetesDriver> {
  const {kubeconfig, context} = target ?? {kubeconfig: drivers.journal.file(cluster, 'kubeconfig'), context: undefined}
  let client: Promise<KubernetesDriver> | undefined
  return async () => {
    client ??= drivers.kubernetes(kubeconfig, context)
    try {
      return await client
    } catch (error) {
      client = undefined
      throw error
    }
  }
}

function isInterruption(error: unknown): boolean {
  if (error instanceof Problem) return error.data.name === 'interrupted'
  return error instanceof Error && error.name === 'AbortError'
}
