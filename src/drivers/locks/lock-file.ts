import {link, mkdir, readFile, rm, writeFile} from 'node:fs/promises'
import {dirname} from 'node:path'
import {codeOf, toFileProblem} from '../files/file-problem.ts'
import {describeSelf, isRunning, type LockHolder, parseHolder} from './lock-holder.ts'

/** How an attempt to take a lock ended. `held` without a holder: somebody else's kind of lock, of which nothing is known. */
export type LockAttempt =
  | {readonly taken: true; readonly release: () => Promise<void>}
  | {readonly taken: false; readonly holder?: LockHolder}

/**
 * Tries once to take a lock: a file that must not exist, and that names its holder. A lock of ours whose holder no longer runs is
 * taken over. Throws file-unwritable, disk-full.
 */
export async function tryLock(file: string): Promise<LockAttempt> {
  const self = await describeSelf()
  try {
    if (await place(file, self)) return taken(file)
    const holder = await readHolder(file)
    if (holder === undefined || (await isRunning(holder))) return {taken: false, ...(holder ? {holder} : {})}
    return (await takeOver(file, self)) ? taken(file) : {taken: false, holder}
  } catch (error) {
    throw toFileProblem(error, file)
  }
}

/** Who holds a lock now. Undefined when nobody does, or its holder no longer runs. */
export async function lockHolder(file: string): Promise<LockHolder | undefined> {
  const holder = await readHolder(file)
  return holder && (await isRunning(holder)) ? holder : undefined
}

/** Makes the file with its content in one step: nobody ever sees a lock without its holder. False when it exists. */
async function place(file: string, holder: LockHolder): Promise<boolean> {
  const draft = `${file}.${process.pid}-${crypto.randomUUID()}`
  await mkdir(dirname(file), {recursive: true})
  try {
    await writeFile(draft, `${JSON.stringify(holder)}\n`, {mode: 0o600, flag: 'wx'})
    await link(draft, file)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  } finally {
    await rm(draft, {force: true})
  }
}

/**
 * Two processes that find the same dead lock must not both remove it: the second would remove the first one's new lock. A guard
 * lock, held for two file operations, lets one of them do it; it looks again before it removes.
 */
async function takeOver(file: string, self: LockHolder): Promise<boolean> {
  const guard = `${file}.takeover`
  if (!(await place(guard, self))) {
    const other = await readHolder(guard)
    if (other && !(await isRunning(other))) await rm(guard, {force: true})
    return false
  }
  try {
    const holder = await readHolder(file)
    if (holder && (await isRunning(holder))) return false
    await rm(file, {force: true})
    return await place(file, self)
  } finally {
    await rm(guard, {force: true})
  }
}

async function readHolder(file: string): Promise<LockHolder | undefined> {
  return parseHolder(await readFile(file, 'utf8').catch(() => ''))
}

function taken(file: string): LockAttempt {
  return {taken: true, release: () => rm(file, {force: true})}
}
