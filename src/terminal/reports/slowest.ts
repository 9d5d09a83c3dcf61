import type {ReportedCheck} from './verify-report.ts'

/** The five checks that took longest, each by its slowest subject, longest first; what took no time to speak of is not among them. */
export function slowest(checks: readonly ReportedCheck[]): readonly ReportedCheck[] {
  const byTime = checks.filter(({seconds}) => seconds >= 0.1).toSorted((a, b) => b.seconds - a.seconds)
  return byTime.filter(({name}, index) => byTime.findIndex((other) => other.name === name) === index).slice(0, 5)
}
