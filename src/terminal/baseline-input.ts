import type {Baseline} from '../checks/check.ts'
import type {Outcome} from '../run/events.ts'
import {type Parsed, shown, text, withDefault} from '../spec/field-kinds.ts'
import type {Fields} from '../spec/field.ts'
import type {ValuesOf} from '../spec/read-fields.ts'
import {readText} from '../spec/texts.ts'
import {absolute} from './run-options.ts'
import type {World} from './world-command.ts'

/** Measures of one run kept for the next. */
export const baselineFields = {
  save: text({
    flag: 'save',
    ask: 'File for the measures',
    describe: 'Write what was measured to this file, to compare with later',
    read: readText,
  }),
  compare: text({
    flag: 'compare',
    ask: 'File to compare the measures with',
    describe: 'Fail where a measure is worse than in this file, which --save wrote',
    read: readText,
  }),
  tolerance: withDefault(
    0.2,
    text({
      flag: 'tolerance',
      ask: 'How much worse a measure may be',
      describe: 'How much worse than in the file of --compare a measure may be, such as 20%',
      read: readShare,
    }),
  ),
} as const satisfies Fields

export interface BaselineWish {
  /** Absolute path. */
  readonly save?: string
  readonly compare?: {readonly file: string; readonly tolerance: number}
}

export function readBaselineWish({save, compare, tolerance}: ValuesOf<typeof baselineFields>): BaselineWish {
  return {
    ...(save !== undefined && {save: absolute(save)}),
    ...(compare !== undefined && {compare: {file: compare, tolerance}}),
  }
}

/** The baseline to compare with. Throws, before anything runs, invalid-input for a file that is none, and file-unwritable where `save` could not be written. */
export async function readBaselineFile(
  {save, compare}: BaselineWish,
  {drivers: {files}}: World,
): Promise<{readonly baseline?: Baseline}> {
  if (save !== undefined) {
    const {writable, reason} = await files.writable(save)
    if (!writable) {
      const {Problem} = await import('../problem.ts')
      throw new Problem('file-unwritable', {message: `${save} cannot be written`, ...(reason && {cause: reason})})
    }
  }
  if (compare === undefined) return {}
  const {readBaseline} = await import('../checks/performance/baseline-file.ts')
  const measures = readBaseline(await files.read(absolute(compare.file)), compare.file)
  return {baseline: {...compare, measures}}
}

/** Keeps what was measured. A run that measured nothing, for it was interrupted, leaves the file as it is; says what it did. */
export async function saveBaseline(
  save: string,
  {cluster, checks}: Pick<Outcome, 'cluster' | 'checks'>,
  {drivers: {files}}: World,
): Promise<string> {
  const measures = checks.flatMap((check) => check.measures ?? [])
  if (measures.length === 0) return `nothing was measured: ${save} is as it was`
  const {baselineText} = await import('../checks/performance/baseline-file.ts')
  await files.write(save, baselineText(cluster, measures))
  return `what was measured is in ${save}`
}

function readShare(raw: unknown): Parsed<number> {
  const match = typeof raw === 'string' ? /^(\d+(?:\.\d+)?)\s*(%?)$/.exec(raw.trim()) : null
  const share = match ? Number(match[1]) / (match[2] === '%' ? 100 : 1) : raw
  return typeof share === 'number' && Number.isFinite(share) && share >= 0 && share <= 10
    ? {value: share}
    : {fault: `${shown(raw)} is not a share such as 20% or 0.2`}
}
