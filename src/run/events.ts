import type {ProblemData} from '../problem.ts'
import type {CheckResult} from '../steps/check-request.ts'
import type {Ending, Plan, StepId} from '../steps/step.ts'
import type {Doer} from './doer-of.ts'

/** Everything a run says. Reporters turn it into a task list, lines, or NDJSON; the run itself never prints. Times are milliseconds since the run started. */
export type RunEvent =
  | {readonly type: 'run-started'; readonly plan: Plan}
  | {readonly type: 'step-started'; readonly step: StepId; readonly at: number}
  | {
      readonly type: 'step-progress'
      readonly step: StepId
      readonly done: number
      readonly total?: number
      readonly unit: 'bytes' | 'nodes' | 'pods' | 'images'
    }
  /** What the step is looking at now, in words: a kind phase, what a wait last saw. */
  | {readonly type: 'step-note'; readonly step: StepId; readonly note: string}
  | {readonly type: 'step-finished'; readonly step: StepId; readonly at: number; readonly already: boolean}
  | {readonly type: 'step-failed'; readonly step: StepId; readonly at: number; readonly problem: ProblemData}
  /** The step was running when the run stopped for another reason (a failure elsewhere, an interrupt, the deadline), and has ended. */
  | {readonly type: 'step-stopped'; readonly step: StepId; readonly at: number}
  | {readonly type: 'check-finished'; readonly step: StepId; readonly result: CheckResult}
  | {readonly type: 'run-finished'; readonly outcome: Outcome}

/** How a run ended, as one document: what `--json` prints. */
export interface Outcome {
  readonly title: string
  /** Empty for a plan that works on none. */
  readonly cluster: string
  readonly status: Ending | 'already'
  readonly seconds: number
  readonly steps: readonly StepOutcome[]
  /** Ids of the chain of steps that took longest, first to last. */
  readonly criticalPath: readonly StepId[]
  readonly checks: readonly CheckResult[]
  readonly problem?: ProblemData
  /** Absolute path of the folder with all that tells why it failed, where one was asked for. */
  readonly diagnosis?: string
  /** What of this run was left behind, with the command that removes it. */
  readonly leftBehind?: {readonly what: string; readonly command: string}
}

export interface StepOutcome {
  readonly id: StepId
  readonly title: string
  /** Whose work its time went into. */
  readonly doer: Doer
  /** `stopped`: it was running when the run stopped for another reason. */
  readonly status: 'done' | 'already' | 'failed' | 'stopped' | 'not-started'
  /** Milliseconds since the run started. */
  readonly startedAt?: number
  readonly finishedAt?: number
}
