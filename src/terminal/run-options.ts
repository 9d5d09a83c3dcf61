import {resolve} from 'node:path'
import {boolean, choice, text, withDefault} from '../spec/field-kinds.ts'
import type {Fields, RawInput} from '../spec/field.ts'
import {readFields, type ValuesOf} from '../spec/read-fields.ts'
import {runFields} from '../spec/run-fields.ts'
import {readSeconds, readText} from '../spec/texts.ts'
import {progressKinds} from './reporters/progress-kinds.ts'
import {timingsFields} from './timings/timings-input.ts'

/** Where the cluster is looked for. */
export const worldFields = {
  kubeconfig: text({
    flag: 'kubeconfig',
    ask: 'Kubeconfig',
    describe: 'Kubeconfig file; otherwise the first of KUBECONFIG, or ~/.kube/config',
    read: readText,
  }),
} as const satisfies Fields

/** How a command that changes something goes about it: the same for all of them, and in no cluster's spec. */
export const optionFields = {
  dryRun: runFields.dryRun,
  yes: runFields.yes,
  noInput: withDefault(
    false,
    boolean({flag: 'no-input', ask: 'Ask nothing', describe: 'Ask nothing and confirm nothing'}),
  ),
  timeout: text({
    flag: 'timeout',
    ask: 'Time for the whole run',
    describe: 'Time for the whole run, such as 90s or 20m',
    read: readSeconds,
  }),
  progress: withDefault(
    'auto',
    choice({
      flag: 'progress',
      ask: 'How to tell progress',
      describe: 'How progress is told on stderr; auto is tasks on a terminal and lines elsewhere',
      choices: progressKinds.map((value) => ({value, title: value, summary: ''})),
    }),
  ),
  ...timingsFields,
  ...worldFields,
} as const satisfies Fields

export type RunOptions = ValuesOf<typeof optionFields>

/** The options among what was said; paths are absolute. @throws invalid-input */
export function readOptions(said: RawInput): RunOptions {
  const {kubeconfig, ...options} = readFields(optionFields, only(said, optionFields))
  return {
    ...options,
    timings: options.timings.map((one) => (one.format === 'svg' ? {...one, file: absolute(one.file)} : one)),
    kubeconfig: kubeconfig === undefined ? undefined : absolute(kubeconfig),
  }
}

/** The path, from the folder that the program was started in. */
export function absolute(path: string): string {
  return resolve(path)
}

/** What was said of these fields. */
export function only(said: RawInput, fields: Fields): RawInput {
  return Object.fromEntries(Object.entries(said).filter(([key]) => key in fields))
}

/** What was said of anything else. */
export function without(said: RawInput, fields: Fields): RawInput {
  return Object.fromEntries(Object.entries(said).filter(([key]) => !(key in fields)))
}
