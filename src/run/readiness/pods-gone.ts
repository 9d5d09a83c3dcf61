import type {Waiter} from './wait-context.ts'
import {watchUntil} from './watch-until.ts'

/** None of these pods exists any more. */
export const podsGone: Waiter<'pods-gone'> = ({namespace, names}, context) =>
  watchUntil({apiVersion: 'v1', kind: 'Pod', namespace}, context, (pods) => {
    const left = pods.map(({metadata}) => metadata.name).filter((name) => names.includes(name))
    return {ready: left.length === 0, seen: left.length === 0 ? 'gone' : `still there: ${left.join(', ')}`}
  })
