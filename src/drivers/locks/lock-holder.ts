import {readFile} from 'node:fs/promises'
import {hostname} from 'node:os'
import {codeOf} from '../files/file-problem.ts'

/** Who holds a lock. The start time tells a process from a later one with the same id. */
export interface LockHolder {
  readonly pid: number
  readonly host: string
  /** Text that no other process with this id on this host has; empty where the system does not tell. */
  readonly started: string
}

export async function describeSelf(): Promise<LockHolder> {
  return {pid: process.pid, host: hostname(), started: await startOf(process.pid)}
}

/** Of another machine (a home folder on a share) nothing can be known: then it counts as running. */
export async function isRunning({pid, host, started}: LockHolder): Promise<boolean> {
  if (host !== hostname()) return true
  if (!exists(pid)) return false
  const now = await startOf(pid)
  return started === '' || now === '' || now === started
}

export function parseHolder(text: string): LockHolder | undefined {
  try {
    const value = JSON.parse(text) as Partial<LockHolder> | null
    if (typeof value?.pid !== 'number' || !Number.isInteger(value.pid) || value.pid < 1) return undefined
    return {pid: value.pid, host: String(value.host), started: String(value.started)}
  } catch {
    return undefined
  }
}

/** EPERM says that it exists and is somebody else's. */
function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return codeOf(error) !== 'ESRCH'
  }
}

/** proc(5): field 22 of `stat` is the start in ticks since boot; the second field, the name, may hold spaces and brackets. */
async function startOf(pid: number): Promise<string> {
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  if (line !== undefined) return line.slice(line.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  if (process.platform === 'linux') return ''
  const {execFileSync} = await import('node:child_process')
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {encoding: 'utf8', stdio: 'pipe'}).trim()
  } catch {
    return ''
  }
}
