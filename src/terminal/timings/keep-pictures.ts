import type {Drivers} from '../../drivers/ports.ts'
import type {Outcome} from '../../run/events.ts'
import type {RunOptions} from '../run-options.ts'
import {requireWritable} from '../require-writable.ts'
import {ganttSvg} from './gantt-svg.ts'

type Kept = Pick<RunOptions, 'timings'>

/** Asks before the run whether the pictures can be written. @throws file-unwritable */
export async function requirePictures({timings}: Kept, {files}: Pick<Drivers, 'files'>): Promise<void> {
  await requireWritable(
    filesOf(timings).map((file) => ({at: '--timings svg', file})),
    {
      files,
      one: 'The picture of the timings cannot be written',
      several: 'Pictures of the timings cannot be written',
    },
  )
}

/** Writes the pictures, however the run ended, and says where: lines for stderr. @throws file-unwritable, disk-full */
export async function keepPictures(
  {timings}: Kept,
  outcome: Outcome,
  {files}: Pick<Drivers, 'files'>,
): Promise<readonly string[]> {
  const wanted = filesOf(timings)
  if (wanted.length === 0) return []
  const picture = ganttSvg(outcome)
  if (picture === undefined) return ['no step has run: there is no picture of the timings']
  for (const file of wanted) await files.rewrite(file, `${picture}\n`)
  return wanted.map((file) => `the picture of the timings is in ${file}`)
}

function filesOf(timings: Kept['timings']): readonly string[] {
  return [...new Set(timings.flatMap((one) => (one.format === 'svg' ? [one.file] : [])))]
}
