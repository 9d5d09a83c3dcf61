import {countText, secondsText} from '../amounts.ts'
import {counts} from '../present-checks.ts'
import type {VerifyReport} from './verify-report.ts'

/** All of a report in one line: `lab: 46 checks, 128 passed, 2 skipped in 24 s`. */
export function headline({cluster = 'verify', checks, status, seconds}: VerifyReport): string {
  const names = new Set(checks.map(({name}) => name)).size
  const verdicts = names === 0 ? 'nothing was judged' : `${countText(names, 'check')}, ${counts(checks)}`
  const ends = {failed: ', then the run failed,', interrupted: ', then the run was interrupted,'} as const
  const end = status === 'failed' || status === 'interrupted' ? ends[status] : ''
  return `${cluster}: ${verdicts}${end} in ${secondsText(seconds * 1000)}`
}
