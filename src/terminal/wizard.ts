import {clusterFields} from '../spec/cluster-fields.ts'
import type {ClusterSpec} from '../spec/cluster-spec.ts'
import type {Field, RawInput, RawValue} from '../spec/field.ts'
import {clusterSpecFields, readClusterSpec} from '../spec/read-cluster-spec.ts'
import {collectFields} from '../spec/read-fields.ts'
import {runFields} from '../spec/run-fields.ts'
import {Problem} from '../problem.ts'
import {askField, type Manner} from './ask.ts'
import {askNetworks} from './ask-networks.ts'
import {presentAnswers} from './present-answers.ts'
import type {Prompter} from './prompter.ts'
import {only, without} from './run-options.ts'

/** The questions of `create`, in order of their consequence. */
export const wizardFields: Readonly<Record<string, Field>> = {
  ...Object.fromEntries(Object.entries<Field>(clusterFields).filter(([, {wizard}]) => wizard)),
  verify: runFields.verify,
}

export interface WizardOptions {
  /** Where summaries go: stderr, as the questions. */
  readonly tell: (text: string) => void
  /** What "go on" means: `Create it`, `Show the plan`. */
  readonly go: string
}

/**
 * Asks for what was not said, shows what it comes to, and lets any answer be changed before it goes on. Gives back what was said and
 * answered together. @throws interrupted when the person stops; invalid-input when what was said beforehand is wrong
 */
export async function runWizard(said: RawInput, prompter: Prompter, options: WizardOptions): Promise<RawInput> {
  specOf(said)
  let input = await askOpen(said, prompter)
  for (;;) {
    const wrong = faultsOf(input)
    options.tell(wrong ?? presentAnswers(specOf(input), input))
    const change = await review(input, prompter, wrong === undefined ? options.go : undefined)
    if (change === undefined) return input
    const kept = without(input, {[change]: wizardFields[change] as Field})
    input = {...kept, [change]: await askKey(change, kept, prompter)}
  }
}

/** What was said, and the answers to the questions that it left open. */
async function askOpen(said: RawInput, prompter: Prompter): Promise<RawInput> {
  const input: Record<string, RawValue> = {...said}
  for (const key of Object.keys(wizardFields)) {
    if (input[key] === undefined && applies(key, input)) input[key] = await askKey(key, input, prompter)
  }
  return input
}

function specOf(input: RawInput): ClusterSpec {
  return readClusterSpec(only(input, clusterSpecFields))
}

/** The values as far as they go: rules between them are judged at the end, when all is answered. */
function valuesOf(input: RawInput) {
  return collectFields(clusterSpecFields, only(input, clusterSpecFields)).values
}

/** A question that no answer to it could change anything: networks for pods need Multus and a NIC to sit on. */
function applies(key: string, input: RawInput): boolean {
  const {multus, networks} = valuesOf(input)
  return key !== 'testNetworks' || (multus !== 'none' && networks.length > 0)
}

async function askKey(key: string, input: RawInput, prompter: Prompter): Promise<RawValue> {
  const field = wizardFields[key]
  if (!field) throw new Error(`the wizard has no question ${key}`)
  return key === 'networks' ? askNetworks(field, prompter) : askField(field, prompter, mannerOf(key, input))
}

/** Why the proposal is what it is, from measurements on real clusters (ten pods over two nodes, Multus 4.3.0). */
function mannerOf(key: string, input: RawInput): Manner {
  if (key !== 'multus') return {}
  return valuesOf(input).cni === 'calico'
    ? {reason: 'thin: with Calico ten pods are ready in 9 s, with thick in 19 s'}
    : {reason: 'thin: no daemon on the nodes'}
}

/** The key of the answer to change; undefined: go on. */
async function review(input: RawInput, prompter: Prompter, go: string | undefined): Promise<string | undefined> {
  const choices = [
    ...(go === undefined ? [] : [{value: 'go', name: go}]),
    {value: 'change', name: 'Change an answer'},
    {value: 'stop', name: 'Stop, and do nothing'},
  ]
  const next = await prompter.select({message: 'All right?', choices})
  if (next === 'stop') throw new Problem('interrupted', {message: 'Stopped at your word: nothing was done'})
  if (next === 'go') return undefined
  const fields = Object.entries(wizardFields).filter(([key]) =>
    applies(key, without(input, {[key]: wizardFields[key] as Field})),
  )
  return prompter.select({message: 'Which one', choices: fields.map(([value, {ask}]) => ({value, name: ask}))})
}

/** What is wrong between the answers, each of which is right in itself. */
function faultsOf(input: RawInput): string | undefined {
  try {
    specOf(input)
    return undefined
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return `\n  ${[error.message, ...(error.data.findings ?? []).map(({at, message}) => `${at}: ${message}`)].join('\n  ')}\n`
  }
}
