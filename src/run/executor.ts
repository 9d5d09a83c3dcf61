import type {Drivers, KubernetesDriver} from '../drivers/ports.ts'
import type {ActionOf, ActionType} from '../steps/action.ts'
import type {CheckResult} from '../steps/check-request.ts'
import type {LookContext} from './batch/batch-looks.ts'
import type {Outcome} from './events.ts'

/** Carries out one kind of action. Throws Problems; never prints; gives up when `signal` aborts. */
export type Executor<T extends ActionType> = (action: ActionOf<T>, context: StepContext) => Promise<StepResult>

export interface StepResult {
  /** The work was found done. */
  readonly already: boolean
  readonly check?: CheckResult
}

export interface StepContext {
  readonly drivers: Drivers
  readonly signal: AbortSignal
  readonly cluster: string
  /** The context of the kubeconfig that leads there, for commands that people are told. */
  readonly context: string
  /** A client for the plan's cluster; the kubeconfig is that of the journal, or the one the user named. */
  kubernetes(): Promise<KubernetesDriver>
  /** The same drivers and client for looking only: what is asked at one moment is asked once. */
  readonly looks: LookContext
  progress(done: number, total: number | undefined, unit: 'bytes' | 'nodes' | 'pods' | 'images'): void
  note(text: string): void
  /** Seconds until the plan's own deadline. */
  secondsLeft(): number
  /** The run as it stands: after its last step, how it ended. */
  soFar(): Outcome
}
