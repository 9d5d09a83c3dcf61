import {join} from 'node:path'
import type {Drivers} from '../drivers/ports.ts'
import {Problem} from '../problem.ts'
import {text, withDefault} from '../spec/field-kinds.ts'
import type {Fields, RawInput} from '../spec/field.ts'
import {readFields} from '../spec/read-fields.ts'
import {readText} from '../spec/texts.ts'
import {absolute, only, worldFields} from './run-options.ts'
import {targetFields} from './target.ts'

/** What `diagnose` can be told. */
export const diagnoseFields = {
  output: withDefault(
    '.',
    text({
      flag: 'output',
      ask: 'Folder for the diagnosis',
      describe: 'Folder in which a new one is made for the diagnosis',
      read: readText,
    }),
  ),
  cluster: targetFields.cluster,
  context: targetFields.context,
  ...worldFields,
} as const satisfies Fields

/** The flag of commands that collect a diagnosis when something is wrong. */
export const onFailureFields = {
  bundleOnFailure: text({
    flag: 'bundle-on-failure',
    ask: 'Folder for a diagnosis of failures',
    describe: 'When a check or the run fails: collect a diagnosis, as diagnose does, into a new folder in this one',
    read: readText,
  }),
} as const satisfies Fields

/** Absolute path of the folder that `--output` names. @throws invalid-input */
export function outputOf(said: RawInput): string {
  return absolute(readFields({output: diagnoseFields.output}, only(said, {output: diagnoseFields.output})).output)
}

/** Passes when a folder can be made there: to learn it after a minute of looking would be late. @throws file-unwritable */
export async function mustBeWritable(folder: string, {files}: Pick<Drivers, 'files'>): Promise<void> {
  const {writable, reason} = await files.writable(join(folder, 'README.md'))
  if (writable) return
  throw new Problem('file-unwritable', {
    message: `No diagnosis can be written to ${folder}`,
    ...(reason !== undefined && {cause: reason}),
    suggestions: ['Name a folder of your own'],
  })
}
