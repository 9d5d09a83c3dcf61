import {lint, type LintFinding, type LintInput, type LintReport} from './lint.ts'
import type {Source} from './source.ts'

export interface Fixed {
  /** The texts that changed, by name of the source. */
  readonly texts: ReadonlyMap<string, string>
  /** What was mended, in order, each with its place when it was found. */
  readonly fixed: readonly LintFinding[]
  /** What is left. */
  readonly report: LintReport
}

/** Mending one thing may show another: a comma too many hides what follows it. */
const mostRounds = 8

/**
 * Carries out every edit that the rules hold for safe, until there is none left, and changes no other character. An edit that does not
 * mend what it was made for, or makes a text unreadable, is left out. Pure; the result of a second call is that of the first.
 */
export function fix(input: LintInput): Fixed {
  let now = input
  let report = lint(now)
  const fixed: LintFinding[] = []
  const refused = new Set<string>()
  for (let round = 0; round < mostRounds; round += 1) {
    const edits = apart(report.findings.filter((finding) => finding.edit && !refused.has(keyOf(finding))))
    if (edits.length === 0) break
    const next = attempt(now, report, edits) ?? oneByOne(now, report, edits, refused)
    if (!next) continue
    now = next.input
    report = next.report
    fixed.push(...next.done)
  }
  const before = new Map(input.sources.map(({name, text}) => [name, text]))
  const changed = now.sources.filter(({name, text}) => before.get(name) !== text)
  return {texts: new Map(changed.map(({name, text}) => [name, text])), fixed, report}
}

interface Attempt {
  readonly input: LintInput
  readonly report: LintReport
  readonly done: readonly LintFinding[]
}

function attempt(input: LintInput, before: LintReport, edits: readonly LintFinding[]): Attempt | undefined {
  const changed = {...input, sources: input.sources.map((source) => apply(source, edits))}
  const report = lint(changed)
  const codes = [...new Set(edits.map(({code}) => code))]
  const better = codes.every((code) => count(report, code) < count(before, code))
  return better && report.unreadable.length <= before.unreadable.length
    ? {input: changed, report, done: edits}
    : undefined
}

/** Where all together do not help: each for itself, and those that do not are not tried again. */
function oneByOne(
  input: LintInput,
  report: LintReport,
  edits: readonly LintFinding[],
  refused: Set<string>,
): Attempt | undefined {
  for (const edit of edits) {
    const next = attempt(input, report, [edit])
    if (next) return next
    refused.add(keyOf(edit))
  }
  return undefined
}

function apply(source: Source, edits: readonly LintFinding[]): Source {
  const own = edits.flatMap(({edit}) => (edit?.file === source.name ? [edit] : []))
  if (own.length === 0) return source
  let text = ''
  let at = 0
  for (const {span, text: replacement} of own.toSorted((a, b) => a.span.start - b.span.start)) {
    text += source.text.slice(at, span.start) + replacement
    at = span.end
  }
  return {...source, text: text + source.text.slice(at)}
}

/** Edits that do not touch each other; the others wait for the next round. One edit that two findings ask for is done once. */
function apart(findings: readonly LintFinding[]): readonly LintFinding[] {
  const chosen: LintFinding[] = []
  const ends = new Map<string, number>()
  const sorted = findings.toSorted((a, b) => (a.edit?.span.start ?? 0) - (b.edit?.span.start ?? 0))
  for (const finding of sorted) {
    const {edit} = finding
    if (!edit || edit.span.start <= (ends.get(edit.file) ?? -1)) continue
    ends.set(edit.file, edit.span.end)
    chosen.push(finding)
  }
  return chosen
}

function count({findings}: LintReport, code: LintFinding['code']): number {
  return findings.filter((finding) => finding.code === code).length
}

function keyOf({code, message, edit}: LintFinding): string {
  return `${code} ${edit?.file} ${message} ${edit?.text}`
}
