import {type ChildProcess, spawn} from 'node:child_process'
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

/** A lab of toy recipes with a cache of its own, both in one temporary folder. */
export type ToyLab = {
  readonly cache: string
  readonly folder: string
  /** Writes recipe NAME; its text is what lab/artifacts/NAME.sh would hold. */
  recipe(name: string, text: string): void
  /** Starts lab/build with the arguments; it leads a process group of its own, as in a terminal. */
  start(...args: readonly string[]): LabRun
  /** The same, with one job at a time. */
  startWithOneJob(): LabRun
  /** Allows what a recipe waits for with `until [ -e "$TOY/go" ]`. */
  go(): void
  /** How often the recipes have called `count NAME`. */
  counted(name: string): number
  /** Waits, at most ten seconds, until the file exists in the lab's folder; returns its text. */
  appears(file: string): Promise<string>
  remove(): void
}

export type LabRun = {readonly child: ChildProcess; readonly ended: Promise<LabOutcome>}
export type LabOutcome = {readonly status: number | null; readonly stdout: string; readonly stderr: string}

export const labFolder = join(import.meta.dirname, '../../lab')

export function toyLab(): ToyLab {
  const folder = mkdtempSync(join(tmpdir(), 'toy-lab-'))
  const recipes = join(folder, 'recipes')
  const cache = join(folder, 'cache')
  mkdirSync(recipes)
  const environment = {...process.env, LAB_ARTIFACTS: recipes, K8S_LOCAL_LAB_CACHE: cache, TOY: folder}
  return {
    cache,
    folder,
    recipe: (name, text) => writeFileSync(join(recipes, `${name}.sh`), text),
    start: (...args) => start(args, environment),
    startWithOneJob: () => start([], {...environment, LAB_JOBS: '1'}),
    go: () => writeFileSync(join(folder, 'go'), ''),
    counted: (name) => lines(join(folder, 'counts')).filter((line) => line === name).length,
    appears: (file) => appears(join(folder, file)),
    remove: () => rmSync(folder, {recursive: true, force: true}),
  }
}

/** Runs a piece of bash with the named files of lab/lib sourced. */
export function labShell(files: readonly string[], script: string, args: readonly string[] = []): Promise<LabOutcome> {
  const sourced = files.map((file) => `. "$LAB_DIR/lib/${file}.sh"`).join('\n')
  const text = `set -euo pipefail\n${sourced}\n${script}`
  return outcomeOf(spawn('bash', ['-c', text, 'lab', ...args], {env: {...process.env, LAB_DIR: labFolder}}))
}

function start(args: readonly string[], env: NodeJS.ProcessEnv): LabRun {
  const child = spawn('bash', [join(labFolder, 'build'), ...args], {env, detached: true})
  return {child, ended: outcomeOf(child)}
}

/** Resolves when the process has ended, with what it printed until then. */
export function outcomeOf(child: ChildProcess): Promise<LabOutcome> {
  let stdout = ''
  let stderr = ''
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk))
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk))
  // 'exit', not 'close': a job that outlives a killed run keeps the run's stderr open.
  return new Promise((resolve) => child.on('exit', (status) => setImmediate(() => resolve({status, stdout, stderr}))))
}

async function appears(path: string): Promise<string> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await pause(20)) {
    if (existsSync(path)) return readFileSync(path, 'utf8')
  }
  throw new Error(`${path} did not appear in 10 s`)
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

function lines(path: string): readonly string[] {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []
}
