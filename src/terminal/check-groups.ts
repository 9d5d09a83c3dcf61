import type {CheckResult} from '../steps/check-request.ts'

/** The verdicts of one check, and the worst of them. */
export interface CheckGroup extends Pick<CheckResult, 'id' | 'title' | 'status'> {
  /** By subject. */
  readonly checks: readonly CheckResult[]
}

/** Worst first. What looked at something and passed counts more than what was kept from looking. */
const byGravity: readonly CheckResult['status'][] = ['fail', 'error', 'warn', 'pass', 'skip']

/** Checks end in any order: those of one title stand together, where the first of them stands. */
export function checkGroups(checks: readonly CheckResult[]): readonly CheckGroup[] {
  const titles = [...new Set(checks.map(({title}) => title))]
  return titles.map((title) => {
    const alike = checks
      .filter((check) => check.title === title)
      .toSorted((a, b) => a.subject.localeCompare(b.subject, 'en', {numeric: true}))
    const statuses = alike.map(({status}) => status)
    const id = alike[0]?.id
    return {
      ...(id !== undefined && {id}),
      title,
      status: byGravity.find((status) => statuses.includes(status)) ?? 'skip',
      checks: alike,
    }
  })
}

/** The groups with something wrong in them, worst first. */
export function inTrouble(groups: readonly CheckGroup[]): readonly CheckGroup[] {
  return groups.filter(isTrouble).toSorted((a, b) => byGravity.indexOf(a.status) - byGravity.indexOf(b.status))
}

/** Troubles of one check that are shown whole: one sick node fails a check for every pair it is part of. */
export const shownWhole = 3

/** Whether somebody has to look at it. */
export function isTrouble({status}: Pick<CheckResult, 'status'>): boolean {
  return status === 'fail' || status === 'error' || status === 'warn'
}

/** What is the same of several subjects is said once: their names together, and what was seen of the first. */
export function joinAlike(checks: readonly CheckResult[]): readonly CheckResult[] {
  const joined = new Map<string, CheckResult>()
  for (const check of checks) {
    const {title, status, summary, cause, fix} = check
    const key = [title, status, summary, cause, fix].join('\n')
    const same = joined.get(key)
    joined.set(key, same ? {...same, subject: `${same.subject}, ${check.subject}`} : check)
  }
  return [...joined.values()]
}
