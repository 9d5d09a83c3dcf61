import {Problem} from '../problem.ts'
import type {Probe, Seen} from '../steps/check-request.ts'
import type {GatherContext} from './gather.ts'

/** Milliseconds between two offers. */
const pause = 500

/** Whether the API takes an object, by a dry run, which goes through admission and keeps nothing. Offered again until the answer is the expected one or the patience is over. */
export async function offer(
  {object, refusal, patienceSeconds}: Extract<Probe, {type: 'admission'}>,
  {kubernetes, drivers: {clock}, signal}: GatherContext,
): Promise<Seen> {
  const client = await kubernetes()
  const end = clock.now() + patienceSeconds * 1000
  for (;;) {
    const message = await client.apply(object, {dryRun: true, signal}).then(() => undefined, refusalOf)
    const asExpected = refusal === '' ? message === undefined : message?.includes(refusal) === true
    if (asExpected || clock.now() >= end)
      return {type: 'admission', accepted: message === undefined, message: message ?? ''}
    await clock.sleep(pause, signal)
  }
}

/** What the API said. Throws what is no refusal. */
function refusalOf(error: unknown): string {
  const refused = error instanceof Problem && (error.data.name === 'api-refused' || error.data.name === 'api-forbidden')
  if (refused) return error.data.cause ?? error.data.message
  throw error
}
