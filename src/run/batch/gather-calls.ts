import type {Clock, Finished} from '../../drivers/ports.ts'
import {readSheet, sheetArgv, type Sheet} from './sheet.ts'

/** Runs programs somewhere. */
export type Exec = (argv: readonly string[], options: {readonly signal: AbortSignal}) => Promise<Finished>

export interface Call {
  /** Where: calls of one key can become one. */
  readonly key: string
  readonly argv: readonly string[]
  readonly signal?: AbortSignal | undefined
  /** Seconds in which an answer is wanted. */
  readonly seconds?: number | undefined
  readonly exec: Exec
}

/** Milliseconds in which calls of one key are gathered. */
const moment = 25

/** Seconds in which an answer is wanted where nobody says. */
const usualSeconds = 10

/** Seconds that a program of a sheet gets less than the answer: one that hangs must not take the others' answers with it, nor a busy machine. */
const margin = 4

interface Waiting extends Call {
  answer(finished: Finished): void
  fail(error: unknown): void
}

/** One exec for all calls of a key that come within a moment. Equal argv run once. Rejects as the exec does. */
export function gatherCalls(clock: Clock): (call: Call) => Promise<Finished> {
  const gathered = new Map<string, Waiting[]>()
  const runAll = async (key: string) => {
    await clock.sleep(moment)
    const calls = gathered.get(key) ?? []
    gathered.delete(key)
    await answerAll(calls.filter(({signal}) => signal?.aborted !== true))
  }
  return ({key, ...call}) =>
    new Promise((answer, fail) => {
      const abort = () => fail(call.signal?.reason)
      call.signal?.addEventListener('abort', abort, {once: true})
      const calls = gathered.get(key)
      const waiting = {key, ...call, answer, fail}
      if (calls) calls.push(waiting)
      else {
        gathered.set(key, [waiting])
        runAll(key).catch(fail)
      }
    })
}

async function answerAll(calls: readonly Waiting[]): Promise<void> {
  const [first] = calls
  if (!first) return
  const argvs = [...new Map(calls.map(({argv}) => [keyOf(argv), argv])).values()]
  try {
    const seconds = Math.max(1, Math.max(...calls.map(({seconds: asked = usualSeconds}) => asked)) - margin)
    const answers = await run({argvs, seconds}, first.exec, whenAllAbort(calls))
    for (const {argv, answer} of calls) {
      const finished = answers.get(keyOf(argv))
      if (finished) answer(finished)
    }
  } catch (error) {
    for (const {fail} of calls) fail(error)
  }
}

/** By argv. A place without a shell is asked one by one. */
async function run(sheet: Sheet, exec: Exec, signal: AbortSignal): Promise<ReadonlyMap<string, Finished>> {
  const {argvs} = sheet
  // A signal of its own for each: Node warns of more than ten listeners on one.
  const execAlone = (argv: readonly string[]) => exec(argv, {signal: AbortSignal.any([signal])})
  const oneByOne = async () =>
    new Map(await Promise.all(argvs.map(async (argv) => [keyOf(argv), await execAlone(argv)] as const)))
  if (argvs.length < 2) return oneByOne()
  const answers = readSheet(sheet, await exec(sheetArgv(sheet), {signal}))
  if (!answers) return oneByOne()
  return new Map(argvs.map((argv, index) => [keyOf(argv), answers[index] as Finished]))
}

/** Ends the exec when nobody waits for it any more. */
function whenAllAbort(calls: readonly Waiting[]): AbortSignal {
  const controller = new AbortController()
  const left = new Set(calls)
  for (const call of calls)
    call.signal?.addEventListener(
      'abort',
      () => {
        left.delete(call)
        if (left.size === 0) controller.abort(call.signal?.reason)
      },
      {once: true},
    )
  return controller.signal
}

function keyOf(argv: readonly string[]): string {
  return JSON.stringify(argv)
}
