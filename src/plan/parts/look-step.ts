import type {CheckName} from '../../checks/index.ts'
import type {Step, StepId} from '../../steps/step.ts'
import type {Judgement} from '../judgements.ts'

/** The step of one look. */
export function lookStep(
  {check, request, label}: Judgement,
  {lookSeconds}: {readonly lookSeconds?: number},
  after: readonly StepId[],
): Step {
  return {
    id: lookId(request.check, label),
    title: titleOf(check.title, label),
    action: {type: 'check', request: {...request, ...(lookSeconds !== undefined && {lookSeconds})}},
    after,
  }
}

export function lookId(check: CheckName, label: string): StepId {
  return label === '' ? `check:${check}` : `check:${check}:${label.replaceAll(/[^A-Za-z0-9/.]+/g, '-')}`
}

export function titleOf(title: string, label: string): string {
  return label === '' ? title : `${title}: ${label}`
}
