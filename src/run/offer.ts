import {Problem} from '../problem.ts'
import type {Probe, Seen} from '../steps/check-request.ts'
import type {GatherContext} from './gather.ts'

/** Whether the API takes an object, by a dry run, and what it says when it does not. Throws what is no refusal. */
export async function offer(
  {object}: Extract<Probe, {type: 'admission'}>,
  {kubernetes, signal}: GatherContext,
): Promise<Seen> {
  try {
    await (await kubernetes()).apply(object, {dryRun: true, signal})
    return {type: 'admission', accepted: true, message: ''}
  } catch (error) {
    const refused =
      error instanceof Problem && (error.data.name === 'api-refused' || error.data.name === 'api-forbidden')
    if (!refused) throw error
    return {type: 'admission', accepted: false, message: error.data.cause ?? error.data.message}
  }
}
