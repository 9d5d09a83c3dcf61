import {type ChildProcess, spawn} from 'node:child_process'
import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import type {RunEvent} from '../../../src/run/events.ts'
import type {Home} from './home.ts'
import {say, tail} from './log.ts'
import {program} from './program.ts'

/** How one run of the built program ended. */
export interface Finished {
  readonly home: Home
  readonly argv: readonly string[]
  /** 128 + the signal's number when a signal ended it, as a shell would say. */
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  readonly seconds: number
}

/** A run that still goes on; `events` fills up as `--progress ndjson` speaks. */
export interface Running {
  readonly pid: number
  readonly events: readonly RunEvent[]
  readonly finished: Promise<Finished>
  /** The first event, past or to come, that fits. Rejects when the program ends or the time is over before it. */
  until(what: string, fits: (event: RunEvent) => boolean, timeoutSeconds: number): Promise<RunEvent>
  /** To the program alone, as `kill` does, or to its process group, as a terminal does. */
  signal(name: NodeJS.Signals, to: 'program' | 'group'): void
}

export interface CliOptions {
  readonly timeoutSeconds?: number
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Another copy of the program than the one under test. */
  readonly program?: string
}

/** Runs the built program to its end, without a terminal. Any exit code is a value; only running out of time throws. */
export async function k8sLocal(home: Home, argv: readonly string[], options: CliOptions = {}): Promise<Finished> {
  const finished = await startCli(home, argv, options).finished
  say(`$ k8s-local ${argv.join(' ')}   [exit ${finished.exitCode}, ${finished.seconds.toFixed(1)} s]`)
  return finished
}

/** The same, and the exit code has to be `exitCode`; else throws with all that the program said and wrote. */
export async function mustExit(
  exitCode: number,
  home: Home,
  argv: readonly string[],
  options?: CliOptions,
): Promise<Finished> {
  const finished = await k8sLocal(home, argv, options)
  if (finished.exitCode !== exitCode) throw new Error(`expected exit ${exitCode}\n${story(finished)}`)
  return finished
}

/** The one JSON document on stdout. Throws when there is none, or more than one. */
export function documentOf<T>(finished: Finished): T {
  try {
    return JSON.parse(finished.stdout) as T
  } catch (error) {
    throw new Error(`stdout is not one JSON document (${String(error)})\n${story(finished)}`, {cause: error})
  }
}

/** All there is to know of a run: command, exit code, both streams, and the logs of a cluster that it made: elsewhere they would hide the rest. */
export function story(finished: Finished): string {
  const logs = finished.argv[0] === 'create' ? logsOf(finished.home) : []
  return [
    `$ k8s-local ${finished.argv.join(' ')}   [exit ${finished.exitCode}, ${finished.seconds.toFixed(1)} s]`,
    `--- stderr\n${tail(finished.stderr, 60)}`,
    `--- stdout\n${tail(finished.stdout, 60)}`,
    ...logs.map((file) => `--- ${file}\n${tail(readFileSync(file, 'utf8'), 40)}`),
  ].join('\n')
}

export function startCli(home: Home, argv: readonly string[], options: CliOptions = {}): Running {
  const start = Date.now()
  // A group of its own: a signal can be sent to it as a terminal would, and a deadline ends the children too.
  const child = spawn(process.execPath, [options.program ?? program, ...argv], {
    detached: true,
    // Where no k8s-local.yaml lies, unless a test put one there.
    cwd: home.directory,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {...home.env, ...options.env},
  })
  const pid = child.pid
  if (pid === undefined) throw new Error(`cannot start ${process.execPath}`)
  const heard = listen(child)
  const finished = ending(child, options.timeoutSeconds ?? 300).then((exitCode) => {
    const seconds = (Date.now() - start) / 1000
    return {home, argv, exitCode, stdout: heard.stdout(), stderr: heard.stderr(), seconds}
  })
  // Whoever waits for an event hears of a missed deadline there; nobody has to wait for the end as well.
  finished.catch(() => undefined)
  return {
    pid,
    events: heard.events,
    finished,
    until: (what, fits, timeoutSeconds) => firstEvent(heard, finished, what, fits, timeoutSeconds),
    signal: (name, to) => {
      if (child.exitCode === null && child.signalCode === null) process.kill(to === 'group' ? -pid : pid, name)
    },
  }
}

const signalNumbers: Readonly<Partial<Record<NodeJS.Signals, number>>> = {SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15}

interface Heard {
  readonly events: readonly RunEvent[]
  readonly waiting: Set<() => void>
  stdout(): string
  stderr(): string
}

function listen(child: ChildProcess): Heard {
  const text = {stdout: '', stderr: ''}
  const events: RunEvent[] = []
  const waiting = new Set<() => void>()
  let open = ''
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (text.stdout += chunk))
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text.stderr += chunk
    const lines = (open + chunk).split('\n')
    open = lines.pop() ?? ''
    events.push(...lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as RunEvent))
    for (const look of waiting) look()
  })
  return {events, waiting, stdout: () => text.stdout, stderr: () => text.stderr}
}

function ending(child: ChildProcess, timeoutSeconds: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const endGroup = (): void => {
      if (child.exitCode === null && child.signalCode === null && child.pid !== undefined)
        process.kill(-child.pid, 'SIGKILL')
    }
    const deadline = setTimeout(() => {
      endGroup()
      reject(new Error(`k8s-local ${child.spawnargs.slice(2).join(' ')} did not end within ${timeoutSeconds} s`))
    }, timeoutSeconds * 1000)
    process.once('exit', endGroup)
    child.once('error', reject)
    child.once('close', (code, signal) => {
      clearTimeout(deadline)
      process.removeListener('exit', endGroup)
      resolve(code ?? 128 + (signalNumbers[signal ?? 'SIGKILL'] ?? 0))
    })
  })
}

function firstEvent(
  heard: Heard,
  finished: Promise<Finished>,
  what: string,
  fits: (event: RunEvent) => boolean,
  timeoutSeconds: number,
): Promise<RunEvent> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      clearTimeout(deadline)
      heard.waiting.delete(look)
      act()
    }
    const look = (): void => {
      const event = heard.events.find(fits)
      if (event !== undefined) settle(() => resolve(event))
    }
    const fail = (why: string): void =>
      settle(() => reject(new Error(`no event "${what}": ${why}\n${tail(heard.stderr(), 40)}`)))
    const deadline = setTimeout(() => fail(`none within ${timeoutSeconds} s`), timeoutSeconds * 1000)
    heard.waiting.add(look)
    finished.then(
      (end) => fail(`the program ended with exit ${end.exitCode}`),
      (error: unknown) => fail(String(error)),
    )
    look()
  })
}

function logsOf(home: Home): readonly string[] {
  const folder = join(home.state, 'clusters')
  if (!existsSync(folder)) return []
  return readdirSync(folder, {recursive: true, encoding: 'utf8'})
    .filter((file) => file.endsWith('.log'))
    .map((file) => join(folder, file))
}
