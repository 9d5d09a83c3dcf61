import type {FileDriver} from '../../drivers/ports.ts'
import type {Page} from '../present-problem.ts'
import type {ReportRequest} from '../report-input.ts'
import {requireWritable} from '../require-writable.ts'
import {plainStyle} from '../style.ts'
import type {Surroundings} from '../surroundings.ts'
import {asMarkdown} from './as-markdown.ts'
import {reportFormats} from './formats.ts'
import type {VerifyReport} from './verify-report.ts'

/** Where reports go. */
export interface Letterbox {
  readonly files: FileDriver
  readonly env: Surroundings['env']
}

/** Asks before the run whether every report can be written. @throws file-unwritable with every file that cannot */
export async function requireReports(reports: readonly ReportRequest[], {files, env}: Letterbox): Promise<void> {
  const summary = summaryFile(reports, env)
  const wanted = [
    ...reports.flatMap(({format, file}) => (file === undefined ? [] : [{at: `--report ${format}`, file}])),
    ...(summary === undefined ? [] : [{at: 'GITHUB_STEP_SUMMARY', file: summary}]),
  ]
  await requireWritable(wanted, {
    files,
    one: 'No report can be written',
    several: 'Reports cannot be written',
  })
}

/** Writes every report that has a file, each as a whole or not at all. @throws file-unwritable, disk-full */
export async function writeReports(
  report: VerifyReport,
  reports: readonly ReportRequest[],
  {files, env}: Letterbox,
): Promise<void> {
  const page = {width: 100, style: plainStyle}
  for (const {format, file} of reports)
    if (file !== undefined) await files.rewrite(file, `${reportFormats[format](report, page)}\n`)
  const summary = summaryFile(reports, env)
  if (summary !== undefined) await files.append(summary, `${asMarkdown(report)}\n`)
}

/** The report on stdout. The table for people is without what stderr says: why the run ended early, and what it left behind. */
export function stdoutReport(
  report: VerifyReport,
  reports: readonly ReportRequest[],
  page: Page,
): {readonly text: string; readonly forPeople: boolean} {
  const format = reports.find(({file}) => file === undefined)?.format ?? 'table'
  const forPeople = format === 'table'
  const {error: _, leftBehind: __, ...found} = report
  return {text: reportFormats[format](forPeople ? found : report, page), forPeople}
}

/** Where GitHub takes the summary of a step from, for who asks for its format. Other programs of the step write there too. */
function summaryFile(reports: readonly ReportRequest[], env: Letterbox['env']): string | undefined {
  return (reports.some(({format}) => format === 'github') && env['GITHUB_STEP_SUMMARY']) || undefined
}
