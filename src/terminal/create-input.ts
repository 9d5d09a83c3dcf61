import type {CreateClusterInput} from '../plan/create-cluster.ts'
import {Problem} from '../problem.ts'
import type {RawInput} from '../spec/field.ts'
import {clusterSpecFields, readClusterSpec} from '../spec/read-cluster-spec.ts'
import {placeOf, readFields, refuse} from '../spec/read-fields.ts'
import {runFields} from '../spec/run-fields.ts'
import {intoBundleField} from '../spec/warm-field.ts'
import {equalCommand} from './present-answers.ts'
import type {Prompter} from './prompter.ts'
import {absolute, only, optionFields, without} from './run-options.ts'
import type {World} from './world-command.ts'

/** Where the answers are saved, and looked for when no `--file` is given. */
const defaultFile = 'k8s-local.yaml'

/** A file may have the answers of both commands. */
const warmFields = {intoBundle: intoBundleField}

/** What `create` was asked for; the bundle's path is absolute. */
export interface CreateWish extends CreateClusterInput {
  readonly bundle?: string
}

/** What `warm` was asked for: the image for clusters of this wish. */
export interface WarmWish extends CreateWish {
  /** The bundle is to carry the image. */
  readonly intoBundle: boolean
}

/** The wish that flags, variables, file and answers add up to. @throws invalid-input with everything that is wrong */
export function readCreate(input: RawInput): CreateWish {
  const {verify, keepOnFailure, bundle, timeout, warm} = readFields(runFields, only(input, runFields))
  return {
    spec: readClusterSpec(without(input, {...optionFields, ...runFields, ...warmFields})),
    verify,
    keepOnFailure,
    warm,
    timeoutSeconds: timeout,
    ...(bundle !== undefined && {bundle: absolute(bundle)}),
  }
}

/** The same for `warm`. @throws invalid-input with everything that is wrong, and where there is no bundle to save into */
export function readWarm(input: RawInput): WarmWish {
  const wish = readCreate(input)
  const {intoBundle} = readFields(warmFields, only(input, warmFields))
  if (intoBundle && wish.bundle === undefined)
    refuse([
      {
        at: placeOf(warmFields, input, 'intoBundle'),
        message: 'there is no bundle to save into',
        fix: 'Name it: k8s-local warm --into-bundle --bundle DIR',
      },
    ])
  return {...wish, intoBundle}
}

/** What was said, with the file below it and, where there is somebody to ask, the wizard's answers. @throws spec-file-unreadable, and what the wizard throws */
export async function completeCreate(said: RawInput, world: World, tell: (text: string) => void): Promise<RawInput> {
  const known = await withFile(said, world, tell)
  if (!world.prompter) return known
  const {runWizard} = await import('./wizard.ts')
  const input = await runWizard(known, world.prompter, {tell, go: world.options.dryRun ? 'Show the plan' : 'Create it'})
  await offerToSave(input, world, world.prompter, tell)
  return input
}

/** What was said, with the file below it. @throws spec-file-unreadable */
export async function withFile(said: RawInput, world: World, tell: (text: string) => void): Promise<RawInput> {
  return {...(await readFile(said, world, tell)), ...said}
}

async function readFile(said: RawInput, {drivers}: World, tell: (text: string) => void): Promise<RawInput> {
  const {file} = readFields({file: runFields.file}, only(said, {file: runFields.file}))
  const name = file ?? defaultFile
  const text = await drivers.files.read(absolute(name))
  if (text === undefined) {
    if (file === undefined) return {}
    throw new Problem('spec-file-unreadable', {
      message: `${file} does not exist or cannot be read`,
      suggestions: [`ls -l ${file}`],
    })
  }
  if (file === undefined) tell(`Reading ${defaultFile}`)
  const {parseSpecFile} = await import('../spec/spec-file.ts')
  return parseSpecFile(text, name)
}

async function offerToSave(
  input: RawInput,
  {drivers}: World,
  prompter: Prompter,
  tell: (text: string) => void,
): Promise<void> {
  const spec = readClusterSpec(only(input, clusterSpecFields))
  if (!(await prompter.confirm({message: `Save these answers as ${defaultFile}`, default: false}))) return
  const {specFileText} = await import('../spec/spec-file.ts')
  await drivers.files.write(absolute(defaultFile), specFileText(spec))
  tell(`Saved ${defaultFile}: k8s-local create makes the same cluster here. Without it: ${equalCommand(spec, input)}`)
}
