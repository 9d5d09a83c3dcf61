import type {ReportFormat} from '../report-input.ts'
import type {Page} from '../present-problem.ts'
import {asGithub} from './as-github.ts'
import {asJunit} from './as-junit.ts'
import {asMarkdown} from './as-markdown.ts'
import {asTable} from './as-table.ts'
import {asTap} from './as-tap.ts'
import type {VerifyReport} from './verify-report.ts'

/** How a report is written in each format: text without the last line break. */
export const reportFormats: Readonly<Record<ReportFormat, (report: VerifyReport, page: Page) => string>> = {
  table: asTable,
  json: (report) => JSON.stringify(report, undefined, 2),
  junit: asJunit,
  tap: asTap,
  github: asGithub,
  markdown: asMarkdown,
}
