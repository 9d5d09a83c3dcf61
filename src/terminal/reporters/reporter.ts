import type {RunEvent} from '../../run/events.ts'

/** Shows a run while it goes on. It only listens: it owns no signal, no exit code, and it never throws. */
export interface Reporter {
  emit(event: RunEvent): void
  /** A sentence of ours amid the run, such as "cleaning up". */
  notice(text: string): void
  /** Ends what is drawn and resolves when all is written. */
  close(): Promise<void>
}
