import type {KubernetesObject} from '../../steps/object.ts'
import type {Waiter} from './wait-context.ts'
import {watchUntil} from './watch-until.ts'

/** So many pods of the Job have ended, by its own count. */
export const jobPodsEnded: Waiter<'job-pods-ended'> = ({namespace, name, count}, context) =>
  watchUntil(
    {apiVersion: 'batch/v1', kind: 'Job', namespace, fieldSelector: `metadata.name=${name}`},
    context,
    ([job]) => {
      const ended = job ? endedOf(job) : 0
      return {ready: ended >= count, seen: job ? `${ended} of ${count} pods have ended` : `${name} does not exist`}
    },
  )

function endedOf(job: KubernetesObject): number {
  const {succeeded = 0, failed = 0} = (job['status'] ?? {}) as {readonly succeeded?: number; readonly failed?: number}
  return succeeded + failed
}
