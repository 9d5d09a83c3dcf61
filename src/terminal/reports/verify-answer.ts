import {toProblemData} from '../../problem.ts'
import type {Answer, Ran, Unplanned} from '../plan-command.ts'
import type {Page} from '../present-problem.ts'
import type {Surroundings} from '../surroundings.ts'
import {presentTimings} from '../timings/present-timings.ts'
import {wantsTable} from '../timings/timings-input.ts'
import type {VerifyWish} from '../verify-input.ts'
import {stdoutReport, writeReports} from './deliver.ts'
import {reportOfOutcome, reportOfProblem, type RunNote, type VerifyReport} from './verify-report.ts'

/** What the command knows of itself: its version, when it began, its surroundings. */
export interface VerifyContext extends Pick<RunNote, 'toolVersion' | 'started'> {
  readonly env: Surroundings['env']
  readonly page: Page
}

/** The reports of a run: one on stdout, and those that go into files. */
export function answerVerified({spec, plan, outcome, world}: Ran<VerifyWish>, context: VerifyContext): Answer {
  const report = reportOfOutcome(outcome, plan, noteOf(spec, context))
  const {text, forPeople} = stdoutReport(report, spec.reports, context.page)
  const timings = forPeople && wantsTable(world.options) ? presentTimings(outcome) : ''
  return {text: timings === '' ? text : `${text}\n\n${timings}`, keep: keeper(report, {spec, world}, context)}
}

/** The same for a run of which only its problem is known. A dry run has no report. */
export function answerUnverified({error, spec, world}: Unplanned<VerifyWish>, context: VerifyContext): Answer {
  if (world.options.dryRun) return {text: ''}
  const cluster = spec.said['cluster'] ?? spec.said['context']
  const report = reportOfProblem(toProblemData(error), {
    ...noteOf(spec, context),
    ...(typeof cluster?.value === 'string' && {cluster: cluster.value}),
  })
  const {text, forPeople} = stdoutReport(report, spec.reports, context.page)
  return {text: forPeople ? '' : text, keep: keeper(report, {spec, world}, context)}
}

function noteOf({tier}: VerifyWish, {toolVersion, started}: VerifyContext): RunNote {
  return {toolVersion, tier, started, seconds: (Date.now() - started.getTime()) / 1000}
}

function keeper(
  report: VerifyReport,
  {spec, world}: Pick<Ran<VerifyWish>, 'spec' | 'world'>,
  {env}: VerifyContext,
): () => Promise<void> {
  return () => writeReports(report, spec.reports, {files: world.drivers.files, env})
}
