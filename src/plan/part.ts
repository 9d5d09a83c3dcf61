import type {Step, StepId} from '../steps/step.ts'

/** A piece of a plan: its steps, and the ids that whoever builds on it comes after. */
export interface Part {
  readonly steps: readonly Step[]
  readonly done: readonly StepId[]
}

/** The steps of several parts, in their order, and all that they are done with. */
export function join(...parts: readonly Part[]): Part {
  return {steps: parts.flatMap((part) => part.steps), done: parts.flatMap((part) => part.done)}
}

/** The steps that no other of them comes after: when they are done, all are. */
export function ends(steps: readonly Step[]): readonly StepId[] {
  const waitedFor = new Set(steps.flatMap(({after}) => after))
  return steps.map(({id}) => id).filter((id) => !waitedFor.has(id))
}

/** One step that is done when it is done. */
export function single(step: Step): Part {
  return {steps: [step], done: [step.id]}
}

/** Nothing to do. */
export const nothing: Part = {steps: [], done: []}
