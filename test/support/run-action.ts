import {spawn} from 'node:child_process'
import {mkdirSync, mkdtempSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {parse} from 'yaml'
import {type ActionContexts, type Outcome, resolveIf, resolveText, type StepContext} from './action-expressions.ts'

/** What a composite action is made of, as far as the runner below reads it. */
export interface ActionFile {
  readonly inputs: Readonly<Record<string, {readonly default?: string; readonly required?: boolean}>>
  readonly outputs: Readonly<Record<string, {readonly value: string}>>
  readonly runs: {readonly using: string; readonly steps: readonly ActionStep[]}
}

export interface ActionStep {
  readonly name: string
  readonly id?: string
  readonly if?: string
  readonly shell?: string
  readonly run?: string
  readonly uses?: string
  readonly env?: Readonly<Record<string, string>>
  readonly with?: Readonly<Record<string, string>>
}

export interface ActionRun {
  readonly inputs?: Readonly<Record<string, string>>
  /** The environment of the job; PATH among it. */
  readonly env: NodeJS.ProcessEnv
  /** An empty folder, for the runner's own files and the workspace. */
  readonly folder: string
  /** Cancels the job when the step with this name has written this text. */
  readonly cancel?: {readonly step: string; readonly at: RegExp; readonly patience?: Patience}
  /** Another checkout of the action than this one. */
  readonly actionPath?: string
}

/** Milliseconds that a cancelled step gets after each signal. */
interface Patience {
  readonly interrupt: number
  readonly terminate: number
}

/** Those of GitHub's runner. */
const githubs: Patience = {interrupt: 7500, terminate: 2500}

export interface ActionEnd {
  readonly outcome: Outcome
  readonly outputs: Readonly<Record<string, string>>
  /** What each step did; those of others (`uses`) are only noted. */
  readonly steps: readonly {
    readonly name: string
    readonly outcome: Outcome
    readonly output: string
    readonly exitCode: number
  }[]
  readonly used: readonly {readonly uses: string; readonly with: Readonly<Record<string, string>>}[]
  readonly summary: string
  /** Variables that later steps of the job would have. */
  readonly exported: Readonly<Record<string, string>>
}

export const repository: string = join(import.meta.dirname, '../..')

export function readAction(): ActionFile {
  return parse(readFileSync(join(repository, 'action.yml'), 'utf8')) as ActionFile
}

/**
 * Carries out this repository's action as GitHub's runner does (actions/runner v2: CompositeActionHandler, ScriptHandler, ProcessInvoker): each `run`
 * as a file for bash, its outputs and variables by files, conditions asked anew before every step. A cancellation sends SIGINT to the step's first
 * process alone, SIGTERM after 7.5 s, and kills all of it after 2.5 s more; steps whose condition still holds run after it.
 */
export async function runAction(options: ActionRun): Promise<ActionEnd> {
  const action = readAction()
  const job = openJob(action, options)
  const steps: ActionEnd['steps'][number][] = []
  const used: ActionEnd['used'][number][] = []
  for (const [index, step] of action.runs.steps.entries()) {
    const note = (outcome: Outcome, {output = '', exitCode = 0} = {}): void => {
      steps.push({name: step.name, outcome, output, exitCode})
      job.note(step.id ?? `__${index}`, outcome)
    }
    if (!resolveIf(step.if, job.contexts())) {
      note('skipped')
      continue
    }
    if (step.uses !== undefined) {
      used.push({uses: step.uses, with: resolveAll(step.with ?? {}, job.contexts())})
      note('success')
      continue
    }
    const {exitCode, output, cancelled} = await runStep(step, job, options)
    if (cancelled) job.cancel()
    note(cancelled ? 'cancelled' : exitCode === 0 ? 'success' : 'failure', {output, exitCode})
  }
  const contexts = job.contexts()
  const failed = steps.some(({outcome}) => outcome === 'failure')
  return {
    outcome: contexts.cancelled ? 'cancelled' : failed ? 'failure' : 'success',
    outputs: resolveAll(
      Object.fromEntries(Object.entries(action.outputs).map(([name, {value}]) => [name, value])),
      contexts,
    ),
    steps,
    used,
    summary: job.summary(),
    exported: job.exported(),
  }
}

interface Job {
  contexts(): ActionContexts
  note(id: string, outcome: Outcome): void
  cancel(): void
  /** The environment of a step, with the runner's files in it. */
  environment(step: ActionStep): NodeJS.ProcessEnv
  script(text: string): string
  summary(): string
  exported(): Readonly<Record<string, string>>
}

function openJob(action: ActionFile, {inputs = {}, env, folder, actionPath = repository}: ActionRun): Job {
  for (const name of Object.keys(inputs))
    if (!(name in action.inputs)) throw new Error(`the action has no input ${name}`)
  const defaults = Object.entries(action.inputs).map(([name, input]) => [name, input.default ?? ''])
  const given = {...(Object.fromEntries(defaults) as Record<string, string>), ...inputs}
  const temp = join(folder, 'temp')
  mkdirSync(temp, {recursive: true})
  const file = (name: string): string => {
    const path = join(mkdtempSync(join(temp, `${name}-`)), name)
    writeFileSync(path, '')
    return path
  }
  const files = {output: file('output'), env: file('env'), path: file('path'), summary: file('summary')}
  const steps: Record<string, StepContext> = {}
  let cancelled = false
  const contexts = (): ActionContexts => ({inputs: given, steps, strategy: {'job-index': '0'}, cancelled})
  return {
    contexts,
    note: (id, outcome) => {
      steps[id] = {outcome, outputs: pairs(readFileSync(files.output, 'utf8'))}
      writeFileSync(files.output, '')
    },
    cancel: () => void (cancelled = true),
    environment: (step) => ({
      ...env,
      ...pairs(readFileSync(files.env, 'utf8')),
      ...resolveAll(step.env ?? {}, contexts()),
      PATH: [...lines(readFileSync(files.path, 'utf8')).toReversed(), env.PATH].join(':'),
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_ACTION_PATH: actionPath,
      GITHUB_JOB: 'job',
      GITHUB_RUN_ID: '12345678901',
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_OUTPUT: files.output,
      GITHUB_ENV: files.env,
      GITHUB_PATH: files.path,
      GITHUB_STEP_SUMMARY: files.summary,
      RUNNER_TEMP: temp,
    }),
    script: (text) => {
      const path = file('script.sh')
      writeFileSync(path, text)
      return path
    },
    summary: () => readFileSync(files.summary, 'utf8'),
    exported: () => pairs(readFileSync(files.env, 'utf8')),
  }
}

function runStep(
  step: ActionStep,
  job: Job,
  {folder, cancel}: ActionRun,
): Promise<{readonly exitCode: number; readonly output: string; readonly cancelled: boolean}> {
  if (step.shell !== 'bash') throw new Error(`the step "${step.name}" is for another shell than bash`)
  const script = job.script(resolveText(step.run ?? '', job.contexts()))
  const child = spawn('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', script], {
    cwd: folder,
    env: job.environment(step),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let cancelled = false
  const timers: NodeJS.Timeout[] = []
  const later = (milliseconds: number, act: () => void): void => void timers.push(setTimeout(act, milliseconds))
  const hear = (chunk: Buffer): void => {
    output += chunk.toString()
    if (cancelled || cancel?.step !== step.name || !cancel.at.test(output)) return
    cancelled = true
    child.kill('SIGINT')
    const {interrupt, terminate} = cancel.patience ?? githubs
    later(interrupt, () => child.kill('SIGTERM'))
    later(interrupt + terminate, () => process.kill(-(child.pid ?? 0), 'SIGKILL'))
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      for (const timer of timers) clearTimeout(timer)
      resolve({exitCode: code ?? (signal === 'SIGKILL' ? 137 : 130), output, cancelled})
    })
  })
}

function resolveAll(texts: Readonly<Record<string, string>>, contexts: ActionContexts): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, resolveText(text, contexts)]))
}

/** `name=value` lines. */
function pairs(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(lines(text).map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]))
}

function lines(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '')
}
