import type {Plan, Step} from '../../src/steps/step.ts'

/** A plan as text that can be read and compared: one step per line, with what it comes after below it. */
export function planText(plan: Plan): string {
  return [
    `# ${plan.title} (at most ${plan.timeoutSeconds} s)`,
    ...(plan.notes ?? []).map((note) => `note: ${note}`),
    ...plan.steps.flatMap((step, index) => stepLines(step, plan.steps[index - 1])),
    ...section('on failure', plan.onFailure),
    ...section('always', plan.always),
    '',
  ].join('\n')
}

function section(title: string, steps: readonly Step[]): readonly string[] {
  return steps.length === 0 ? [] : ['', `${title}:`, ...steps.map(({id, title: what}) => `- ${id}: ${what}`)]
}

function stepLines({id, title, after}: Step, previous: Step | undefined): readonly string[] {
  if (after.length === 0) return [`- ${id}: ${title}`]
  const same = after.length > 1 && after.join() === previous?.after.join()
  return [`- ${id}: ${title}`, `    after ${same ? 'the same' : after.join(', ')}`]
}
