import type {Plan, Step, StepId} from '../steps/step.ts'

/** What a workflow hands over: the plan, with the lists that are empty left out. */
export type PlanDraft = Omit<Plan, 'onFailure' | 'always'> & Partial<Pick<Plan, 'onFailure' | 'always'>>

/**
 * A plan whose graph holds: ids are unique over all three lists, every `after` names a step of `steps`, nothing waits for itself.
 * A graph that does not hold is a mistake of a workflow, never of a user: it throws an Error, not a Problem.
 */
export function makePlan(draft: PlanDraft): Plan {
  const plan: Plan = {...draft, onFailure: draft.onFailure ?? [], always: draft.always ?? []}
  const faults = [
    ...repeatedIds([...plan.steps, ...plan.onFailure, ...plan.always]),
    ...danglingIds(plan.steps),
    ...endless(plan.steps),
  ]
  if (faults.length > 0) throw new Error(`the plan "${plan.title}" does not hold together:\n${faults.join('\n')}`)
  return plan
}

/** The steps in an order in which each comes later than all it waits for; those of a cycle are left out. */
export function inOrder(steps: readonly Step[]): readonly Step[] {
  const done = new Set<StepId>()
  const ordered: Step[] = []
  for (let rest = [...steps]; rest.length > 0; ) {
    const ready = rest.filter((step) => step.after.every((id) => done.has(id)))
    if (ready.length === 0) break
    for (const step of ready) done.add(step.id)
    ordered.push(...ready)
    rest = rest.filter((step) => !done.has(step.id))
  }
  return ordered
}

function repeatedIds(steps: readonly Step[]): readonly string[] {
  const ids = steps.map((step) => step.id)
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))].map((id) => `two steps are called ${id}`)
}

function danglingIds(steps: readonly Step[]): readonly string[] {
  const known = new Set(steps.map((step) => step.id))
  return steps.flatMap((step) =>
    step.after.filter((id) => !known.has(id)).map((id) => `${step.id} comes after ${id}, which does not exist`),
  )
}

function endless(steps: readonly Step[]): readonly string[] {
  const known = new Set(steps.map((step) => step.id))
  const rooted = steps.map((step) => ({...step, after: step.after.filter((id) => known.has(id))}))
  const reached = new Set(inOrder(rooted).map((step) => step.id))
  const stuck = steps.filter((step) => !reached.has(step.id)).map((step) => step.id)
  return stuck.length > 0 ? [`these wait for each other in a circle: ${stuck.join(', ')}`] : []
}
