import type {Step} from '../steps/step.ts'
import {withDeadline} from './deadline.ts'
import type {RunPlanOptions} from './run-options.ts'
import type {RunState} from './run-state.ts'
import {makeStepRunner} from './step-runner.ts'

/** Seconds that each clean-up step may take. */
const cleanUpSeconds = 60

/** Carries out steps one after another, each within its own time, whatever becomes of the ones before. Returns those that failed. */
export async function cleanUp(
  steps: readonly Step[],
  options: RunPlanOptions,
  state: RunState,
): Promise<readonly Step[]> {
  const unfinished: Step[] = []
  for (const step of steps) {
    if (!(await cleanUpOne(step, options, state))) unfinished.push(step)
  }
  return unfinished
}

/** The signal is a fresh one: the clean-up after an interrupt must not be interrupted by it. */
async function cleanUpOne(step: Step, {drivers, target}: RunPlanOptions, state: RunState): Promise<boolean> {
  const end = await withDeadline(drivers.clock, cleanUpSeconds, undefined, (signal) =>
    makeStepRunner({drivers, target, cluster: state.cluster, state, signal, timeoutSeconds: cleanUpSeconds})(step),
  )
  return end.inTime && end.value.ok
}
