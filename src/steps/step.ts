import type {Action} from './action.ts'

export type StepId = string

/** One change, as data. It starts as soon as every step it comes `after` is done. */
export interface Step {
  readonly id: StepId
  /** Imperative, for people: "Install Cilium 1.15.19". */
  readonly title: string
  readonly action: Action
  readonly after: readonly StepId[]
  /** It only proves: it looks, or makes what `always` removes. A run that did nothing else found all as asked. */
  readonly proof?: true
}

/**
 * A graph of steps: ids unique, every `after` exists, no cycle. `onFailure` is carried out in order when the run fails or is interrupted;
 * `always` in order at the end of every run.
 */
export interface Plan {
  readonly title: string
  /** The cluster that the plan works on. */
  readonly cluster: string
  /** The context of the kubeconfig that leads there; that of kind when absent. */
  readonly context?: string
  readonly steps: readonly Step[]
  readonly onFailure: readonly Step[]
  readonly always: readonly Step[]
  /** Seconds for the whole run; no wait outlives it. */
  readonly timeoutSeconds: number
  /** What the user should know before it runs, one sentence each: warnings of the preflight, choices made for `auto`. */
  readonly notes?: readonly string[]
}

/** The context that commands for people name. */
export function contextOf({cluster, context = `kind-${cluster}`}: Pick<Plan, 'cluster' | 'context'>): string {
  return context
}
