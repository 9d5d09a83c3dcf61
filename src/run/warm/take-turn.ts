import type {Drivers} from '../../drivers/ports.ts'
import {Problem} from '../../problem.ts'
import type {StepContext} from '../executor.ts'

/** Milliseconds between two looks at whether the other one is done. */
const patience = 500

/** Takes a lock; undefined while another process holds it. Returns what gives it back. */
export async function tryLock(
  lock: string,
  {journal}: Pick<Drivers, 'journal'>,
): Promise<(() => Promise<void>) | undefined> {
  try {
    return await journal.lock(lock)
  } catch (error) {
    if (error instanceof Problem && error.data.name === 'cluster-busy') return undefined
    throw error
  }
}

/**
 * Takes a lock, or waits until whoever holds it has given it back: then there may be nothing left to do. Returns what gives it back. The deadline of the
 * run ends the wait, and what was noted is then told as what it waited for; `does` says what the holder is at.
 */
export async function takeTurn(
  lock: string,
  does: string,
  {drivers, signal, note}: StepContext,
): Promise<() => Promise<void>> {
  for (let told = false; ; told = true) {
    const unlock = await tryLock(lock, drivers)
    if (unlock) return unlock
    if (!told) {
      const holder = await drivers.journal.holder(lock)
      note(`waiting for the k8s-local that ${does} now${holder ? `: process ${holder.pid} on ${holder.host}` : ''}`)
    }
    await drivers.clock.sleep(patience, signal)
  }
}
