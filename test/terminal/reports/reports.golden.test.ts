import {describe, expect, test} from 'vitest'
import type {ReportFormat} from '../../../src/terminal/report-input.ts'
import {reportFormats} from '../../../src/terminal/reports/formats.ts'
import {plainStyle} from '../../../src/terminal/style.ts'
import {badReport, goodReport, interruptedReport} from './given-report.ts'

const page = {width: 80, style: plainStyle}
const endings: Readonly<Record<ReportFormat, string>> = {
  table: 'txt',
  json: 'json',
  junit: 'xml',
  tap: 'tap',
  github: 'github.txt',
  markdown: 'md',
}

describe.each([
  ['bad', badReport],
  ['good', goodReport],
  ['interrupted', interruptedReport],
])('the report of a %s run', (name, report) => {
  test.each(Object.entries(endings) as [ReportFormat, string][])('as %s', async (format, ending) => {
    const text = reportFormats[format](report, page)

    await expect(`${text}\n`).toMatchFileSnapshot(`../../golden/reports/${name}.${ending}`)
  })
})

test('the table stays within the page', () => {
  const lines = reportFormats.table(badReport, page).split('\n')

  expect(lines.filter((line) => line.length > page.width)).toEqual([])
})
