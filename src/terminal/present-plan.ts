import type {Plan, Step} from '../steps/step.ts'
import {countText} from './amounts.ts'
import {describeAction} from './describe-action.ts'
import type {Style} from './style.ts'

/** A plan as a person reads it: what would be done, in order, and what one would type to do it. Nothing in it has been done. */
export function presentPlan(plan: Plan, style: Style): string {
  const section = (heading: string, steps: readonly Step[]) =>
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

function presentStep(step: Step, number: string, plan: Plan, style: Style): string {
  const after = step.after.length > 0 ? style.dim(`  (after ${step.after.join(', ')})`) : ''
  return [
    `${style.bold(`${number}. ${step.title}`)}  ${style.dim(`[${step.id}]`)}${after}`,
    ...describeAction(step.action, plan),
  ].join('\n')
}
