import type {CheckResult} from '../../steps/check-request.ts'
import {repairs} from './index.ts'
import {type FoundFault, keyOf, type Repairing} from './repair-cluster.ts'

/** How it stands after the last look: what is still wrong, what was mended, and what the checks say, for they know more than can be mended. */
export function judgeRepair({
  mended,
  left,
  verdicts,
}: Repairing & {readonly verdicts: readonly CheckResult[]}): readonly CheckResult[] {
  const still = new Set(left.map(keyOf))
  return [...left.map(wrong), ...mended.filter((fault) => !still.has(keyOf(fault))).map(right), ...verdicts]
}

function wrong(fault: FoundFault): CheckResult {
  const {summary, cause, fix, asks} = fault
  const wish = asks === undefined ? fix : `k8s-local repair --yes: ${asks}`
  return {
    ...line(fault),
    status: 'fail',
    summary,
    ...(cause !== undefined && {cause}),
    ...(wish !== undefined && {fix: wish}),
  }
}

function right(fault: FoundFault): CheckResult {
  return {...line(fault), status: 'pass', summary: `mended: ${fault.summary}`}
}

function line({repair, subject}: FoundFault): Pick<CheckResult, 'check' | 'title' | 'subject' | 'seconds'> {
  return {check: `repair:${repair}`, title: repairs[repair].title, subject, seconds: 0}
}
