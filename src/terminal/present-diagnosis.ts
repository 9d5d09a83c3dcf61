import type {Diagnosis} from '../diagnosis/diagnosis.ts'
import {bytesText, countText} from './amounts.ts'
import {type Page, suggestionLines} from './present-problem.ts'
import {hang, wrap} from './wrap.ts'

/** Where a diagnosis lies, what it says at once, and what it lacks: for people. */
export function presentDiagnosis({cluster, folder, files, missing, refusals}: Diagnosis, page: Page): string {
  const {width, style} = page
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  return [
    ...refusals.map(({pods, cause, code, fix}) =>
      [
        ...wrap(`A network refuses ${namesOf(pods)}`, width).map((line) => style.red(line)),
        hang('  why   ', wrap(`${cause} (${code})`, width - 8)),
        hang('  try   ', suggestionLines(fix, width - 8)),
      ].join('\n'),
    ),
    ...(missing.length === 0
      ? []
      : [[`${countText(missing.length, 'thing')} could not be collected:`, ...byReason(missing, width)].join('\n')]),
    [
      style.green(`Diagnosis of ${cluster}: ${countText(files.length, 'file')}, ${bytesText(bytes)}, in ${folder}`),
      ...wrap('README.md there is the index. Secrets are hidden; look through it before you pass it on.', width),
    ].join('\n'),
  ].join('\n\n')
}

/** Reasons, most of them met first, each with an example of what is missing for it. */
function byReason(missing: Diagnosis['missing'], width: number): readonly string[] {
  const groups = [...new Set(missing.map(({reason}) => reason))]
    .map((reason) => ({reason, names: missing.flatMap((one) => (one.reason === reason ? [one.file] : []))}))
    .toSorted((a, b) => b.names.length - a.names.length)
  return groups.map(({reason, names}) => hang('  ', wrap(`${namesOf(names)}: ${reason}`, width - 2)))
}

function namesOf([first = '', ...more]: readonly string[]): string {
  return more.length > 0 ? `${first} and ${more.length} more` : first
}
