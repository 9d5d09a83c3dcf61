import {Problem} from '../../problem.ts'
import type {Measure} from '../../steps/check-request.ts'
import type {Json} from '../../steps/object.ts'
import {at, listAt, textAt} from '../json-path.ts'

/** What the file says that it is. A later version may be read as this one only when this number stays. */
const format = 'k8s-local measures'
const version = 1

/** The text of a baseline file: measures of one run, and of which cluster. */
export function baselineText(cluster: string, measures: readonly Measure[]): string {
  return `${JSON.stringify({format, version, cluster, measures}, undefined, 2)}\n`
}

/** The measures in such a text. `file` is what the user calls it. Throws invalid-input for a file that is missing, is something else, or holds none. */
export function readBaseline(text: string | undefined, file: string): readonly Measure[] {
  if (text === undefined) throw unusable(file, 'it does not exist')
  const value = parse(text)
  if (value === undefined) throw unusable(file, 'it is not JSON')
  if (textAt(value, 'format') !== format) throw unusable(file, 'it was not written by k8s-local verify --save')
  if (at(value, 'version') !== version)
    throw unusable(
      file,
      `it is of version ${JSON.stringify(at(value, 'version'))}, and this k8s-local reads ${version}`,
    )
  const found = listAt(value, 'measures')
  const measures = found.filter(isMeasure)
  if (measures.length < found.length || measures.length === 0)
    throw unusable(file, found.length === 0 ? 'it holds no measures' : 'some of its measures are damaged')
  return measures
}

/** A failure of `--compare` before anything runs. */
export function unusable(file: string, why: string): Problem {
  return new Problem('invalid-input', {
    message: `${file} cannot be compared with`,
    findings: [{at: '--compare', message: why, fix: `k8s-local verify --full --save ${file}`}],
  })
}

function isMeasure(value: Json): value is Measure {
  const amount = at(value, 'value')
  return (
    textAt(value, 'name') !== undefined &&
    typeof amount === 'number' &&
    Number.isFinite(amount) &&
    amount >= 0 &&
    ['bit/s', 'ms', 's'].includes(textAt(value, 'unit') ?? '')
  )
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
