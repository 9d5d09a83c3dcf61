import type {CheckResult} from '../steps/check-request.ts'

/** One reason, and the checks that it kept from looking, each with its subjects; none for the whole cluster. */
export interface SkipReason {
  readonly reason: string
  readonly checks: readonly {readonly name: string; readonly subjects: readonly string[]}[]
}

/** Why checks were skipped: every reason once, in the order of the checks. */
export function skipReasons(checks: readonly CheckResult[]): readonly SkipReason[] {
  const skipped = checks.filter(({status}) => status === 'skip')
  return [...new Set(skipped.map(({summary}) => summary))].map((reason) => {
    const own = skipped.filter(({summary}) => summary === reason)
    const names = [...new Set(own.map(({check}) => check))]
    const subjectsOf = (name: string) => own.flatMap(({check, subject}) => (check === name && subject ? [subject] : []))
    return {reason, checks: names.map((name) => ({name, subjects: subjectsOf(name)}))}
  })
}

/** `path-mtu, reach (16 subjects)`: a subject is named where it is the only one. */
export function skippedText({checks}: SkipReason): string {
  return checks
    .map(({name, subjects}) => {
      if (subjects.length === 0) return name
      return subjects.length === 1 ? `${name} (${subjects[0]})` : `${name} (${subjects.length} subjects)`
    })
    .join(', ')
}
