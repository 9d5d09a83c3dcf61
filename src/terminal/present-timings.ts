import type {Outcome} from '../run/events.ts'
import {secondsText} from './amounts.ts'
import {table} from './table.ts'

/** Seconds of each step that ran, in the order in which they began, and the chain of steps that decided how long all of it took. Empty when none ran. */
export function presentTimings({steps, criticalPath}: Outcome): string {
  const ran = steps
    .flatMap(({title, id, startedAt, finishedAt, status}) =>
      startedAt === undefined || finishedAt === undefined
        ? []
        : [{title, id, status, startedAt, seconds: finishedAt - startedAt}],
    )
    .toSorted((one, other) => one.startedAt - other.startedAt)
  if (ran.length === 0) return ''
  const rows = ran.map(({title, id, status, startedAt, seconds}) => [
    secondsText(startedAt),
    secondsText(seconds),
    criticalPath.includes(id) ? '*' : '',
    status === 'done' ? title : `${title} (${status})`,
  ])
  const critical = ran.filter(({id}) => criticalPath.includes(id))
  const sum = critical.reduce((total, {seconds}) => total + seconds, 0)
  return [
    table(['start', 'took', 'critical', 'step'], rows),
    `Critical path (${secondsText(sum)}): ${critical.map(({title}) => title).join(' → ')}`,
  ].join('\n\n')
}
