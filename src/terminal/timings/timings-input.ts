import {list, type Parsed, shown, withDefault} from '../../spec/field-kinds.ts'
import type {Field, Fields} from '../../spec/field.ts'

/** One way in which the times of a run are shown: on stdout, or as a picture in a file. */
export type TimingsRequest = {readonly format: 'table'} | {readonly format: 'svg'; readonly file: string}

/** Where the picture goes when no file is named: into the working directory. */
const defaultFile = 'k8s-local-timings.svg'

const requests = list({
  flag: 'timings',
  ask: 'How to show the time of each step',
  describe: `Show how long each step took, which of them decided the total, and whose work that was: table (as --timings alone), svg=FILE for a picture, or svg for one in ${defaultFile}; may be repeated`,
  item: readRequest,
})

export const timingsFields = {
  timings: withDefault([], {...requests, alone: 'table', parse: (raw) => readYesOrNo(raw) ?? requests.parse(raw)}),
} as const satisfies Fields

/** Whether the times are shown on stdout. */
export function wantsTable({timings}: {readonly timings: readonly TimingsRequest[]}): boolean {
  return timings.some(({format}) => format === 'table')
}

/** In a variable or a file it may be said as of every other flag that can stand alone. */
function readYesOrNo(raw: unknown): ReturnType<Field<readonly TimingsRequest[]>['parse']> | undefined {
  const word = String(raw)
  if (['true', 'yes', '1'].includes(word)) return {value: [{format: 'table'}]}
  return ['false', 'no', '0'].includes(word) ? {value: []} : undefined
}

function readRequest(raw: unknown): Parsed<TimingsRequest> {
  if (raw === 'table') return {value: {format: 'table'}}
  if (raw === 'svg') return {value: {format: 'svg', file: defaultFile}}
  const file = typeof raw === 'string' && raw.startsWith('svg=') ? raw.slice('svg='.length) : ''
  return file === '' ? {fault: `${shown(raw)} is not one of table, svg, svg=FILE`} : {value: {format: 'svg', file}}
}
