import {Problem} from '../problem.ts'
import type {Probe, Seen} from '../steps/check-request.ts'
import type {GatherContext} from './gather.ts'

/** Milliseconds between two offers. */
const pause = 500

/** Whether the API takes an object, by a dry run, which goes through admission and keeps nothing. Offered again until it is refused or the patience is over. */
export async function offer(
  {object, patienceSeconds}: Extract<Probe, {type: 'admission'}>,
  {kubernetes, drivers: {clock}, signal}: GatherContext,
): Promise<Seen> {
  const client = await kubernetes()
  const end = clock.now() + patienceSeconds * 1000
  for (;;) {
    const refusal = await client.apply(object, {dryRun: true, signal}).then(() => undefined, refusalOf)
    if (refusal !== undefined) return {type: 'admission', accepted: false, message: refusal}
    if (clock.now() >= end) return {type: 'admission', accepted: true, message: ''}
    await clock.sleep(pause, signal)
  }
}

/** What the API said. Throws what is no refusal. */
function refusalOf(error: unknown): string {
  const refused = error instanceof Problem && (error.data.name === 'api-refused' || error.data.name === 'api-forbidden')
  if (refused) return error.data.cause ?? error.data.message
  throw error
}
