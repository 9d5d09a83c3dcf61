import type {Ending, LastStep, Plan} from '../steps/step.ts'
import {countText} from './amounts.ts'
import {describeAction} from './describe-action.ts'
import type {Style} from './style.ts'

/** A plan as a person reads it: what would be done, in order, and what one would type to do it. Nothing in it has been done. */
export function presentPlan(plan: Plan, style: Style): string {
  const section = (heading: string, steps: readonly LastStep[]) =>
    steps.length === 0
      ? []
      : [style.bold(heading), ...steps.map((step, index) => presentStep(step, `${index + 1}`, plan, style))]
  return [
    style.bold(
      `${plan.title}: ${countText(plan.steps.length, 'step')}, at most ${plan.timeoutSeconds} s; nothing was done (--dry-run)`,
    ),
    ...(plan.notes && plan.notes.length > 0 ? [plan.notes.map((note) => `Note: ${note}`).join('\n')] : []),
    ...plan.steps.map((step, index) => presentStep(step, `${index + 1}`, plan, style)),
    ...section('If it fails or is interrupted', plan.onFailure),
    ...section('At the end, however it ends', plan.always),
  ].join('\n\n')
}

function presentStep(step: LastStep, number: string, plan: Plan, style: Style): string {
  const after = step.after.length > 0 ? style.dim(`  (after ${step.after.join(', ')})`) : ''
  return [
    `${style.bold(`${number}. ${step.title}`)}  ${style.dim(`[${step.id}]`)}${after}${style.dim(exceptions(step))}`,
    ...describeAction(step.action, plan),
  ].join('\n')
}

/** After which ends a last step is left out. */
function exceptions({when}: LastStep): string {
  if (!when) return ''
  const left = (Object.keys(endings) as Ending[]).filter((ending) => !when.includes(ending))
  return `  (not when ${left.map((ending) => endings[ending]).join(' or ')})`
}

const endings: Readonly<Record<Ending, string>> = {
  done: 'it went well',
  'checks-failed': 'a check failed',
  'checks-unjudged': 'one could not be judged',
  failed: 'it failed',
  interrupted: 'it was interrupted',
}
