import type {KubernetesDriver} from '../../drivers/ports.ts'
import type {Readiness, ReadinessType} from '../../steps/readiness.ts'
import type {StepContext} from '../executor.ts'

/** What a wait works with. Its signal aborts at the wait's deadline. */
export interface WaitContext extends Pick<StepContext, 'drivers' | 'signal' | 'cluster' | 'context'> {
  kubernetes(): Promise<KubernetesDriver>
  /** Tells what was seen, in words: kept for the error at the deadline, and shown when it changes. */
  seen(text: string): void
  /** The same for a second thing that is looked at beside it (a workload's pods); empty text forgets it. */
  seenBeside(text: string): void
  /** Tells the user something worth keeping. */
  note(text: string): void
}

/** Returns when it is ready: true when the first look found it so. Throws early where it can never become ready. */
export type Waiter<T extends ReadinessType> = (
  readiness: Extract<Readiness, {type: T}>,
  context: WaitContext,
) => Promise<boolean>
