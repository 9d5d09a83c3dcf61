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
  /** Of a step of the clean-up: there is something to do only when one of these was started. */
  readonly ifStarted?: readonly StepId[]
}

/** How the steps of a run ended, before its clean-up. `checks-unjudged`: no check failed, but for some nobody could look. `failed`: a step failed, or time was up. */
export type Ending = 'done' | 'checks-failed' | 'checks-unjudged' | 'failed' | 'interrupted'

/** One of the steps that end a run. */
export interface LastStep extends Step {
  /** Only after such ends; after every one when absent. */
  readonly when?: readonly Ending[]
  /** The command that does the same later, for what this run leaves. */
  readonly byHand?: string
}

/**
 * A graph of steps: ids unique, every `after` exists, no cycle. `onFailure` is carried out in order when the run fails or is interrupted;
 * `always` in order at the end of every run, as far as each step's `when` has it.
 */
export interface Plan {
  readonly title: string
  /** The cluster that the plan works on, and whose lock it holds; empty where it works on none. */
  readonly cluster: string
  /** The context of the kubeconfig that leads there; that of kind when absent. */
  readonly context?: string
  /** Short random text that labels everything the run makes; absent where it makes nothing to take away again. */
  readonly runId?: string
  readonly steps: readonly Step[]
  readonly onFailure: readonly Step[]
  readonly always: readonly LastStep[]
  /** Seconds for the whole run; no wait outlives it. */
  readonly timeoutSeconds: number
  /** What the user should know before it runs, one sentence each: warnings of the preflight, choices made for `auto`. */
  readonly notes?: readonly string[]
}

/** The context that commands for people name. */
export function contextOf({cluster, context = `kind-${cluster}`}: Pick<Plan, 'cluster' | 'context'>): string {
  return context
}
