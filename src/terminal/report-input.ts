import type {Finding} from '../problem.ts'
import {list, type Parsed, shown, withDefault} from '../spec/field-kinds.ts'
import type {Fields, RawInput} from '../spec/field.ts'
import {nearestName} from '../spec/nearest-name.ts'
import {placeOf, refuse} from '../spec/read-fields.ts'
import {absolute} from './run-options.ts'

const formats = ['table', 'json', 'junit', 'tap', 'github', 'markdown'] as const

export type ReportFormat = (typeof formats)[number]

/** One report that is wanted: in a file (absolute path), or on stdout. */
export interface ReportRequest {
  readonly format: ReportFormat
  readonly file?: string
}

export const reportFields = {
  reports: withDefault(
    [],
    list({
      flag: 'report',
      ask: 'Reports to write',
      describe: `A report, FORMAT=FILE, or FORMAT alone for stdout instead of the table; may be repeated: ${formats.join(', ')}`,
      item: readReport,
    }),
  ),
} as const satisfies Fields

/** The reports as they were asked for. @throws invalid-input where two would go to one place */
export function requireApart(
  reports: readonly ReportRequest[],
  {said, json}: {readonly said: RawInput; readonly json: boolean},
): readonly ReportRequest[] {
  const at = placeOf(reportFields, said, 'reports')
  const onStdout = reports.filter(({file}) => file === undefined).map(({format}) => format)
  const files = reports.flatMap(({file}) => file ?? [])
  const twice = [...new Set(files.filter((file, index) => files.indexOf(file) !== index))]
  const fix = `Give all but one a file: --report ${onStdout[0] ?? 'junit'}=FILE`
  const findings: readonly Finding[] = [
    ...(onStdout.length > 1 ? [{at, message: `${onStdout.join(' and ')} cannot all be on stdout`, fix}] : []),
    ...(json && onStdout.length > 0
      ? [
          {
            at,
            message: `stdout holds one document, and --json is the one of the run`,
            fix: `Leave out --json, or give the report a file: --report ${onStdout[0]}=FILE`,
          },
        ]
      : []),
    ...twice.map((file) => ({at, message: `two reports would be written to ${file}`, fix: 'Give each its own file'})),
  ]
  refuse(findings)
  return reports
}

function readReport(raw: unknown): Parsed<ReportRequest> {
  if (typeof raw !== 'string') return {fault: `${shown(raw)} is not FORMAT or FORMAT=FILE`}
  const [, word = '', , file] = /^([^=]*)(=(.*))?$/s.exec(raw) ?? []
  const format = formats.find((name) => name === word)
  if (format === undefined) {
    const near = nearestName(word, formats)
    return {
      fault: `${shown(word)} is not one of ${formats.join(', ')}${near === undefined ? '' : ` (did you mean ${near}?)`}`,
    }
  }
  if (file === '') return {fault: `${shown(raw)} names no file: say ${format} for stdout, or ${format}=FILE`}
  return {value: file === undefined || file === '-' ? {format} : {format, file: absolute(file)}}
}
