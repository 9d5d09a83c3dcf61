import {createHash} from 'node:crypto'
import type {BigIntStats} from 'node:fs'
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {writeAtomically} from '../files/atomic-write.ts'

/** Names one state of one file: it changes when the file is written or replaced. Hex. */
export function fingerprintOf(file: string, {dev, ino, size, mtimeNs}: BigIntStats): string {
  return createHash('sha256').update([file, dev, ino, size, mtimeNs].join('\0')).digest('hex')
}

/** Whether this state of a file was seen to have this hash: hashing a whole bundle costs seconds, and one note per file spares them. */
export async function isVerified(cache: string, fingerprint: string, sha256: string): Promise<boolean> {
  return (await readFile(noteOf(cache, fingerprint), 'utf8').catch(() => '')).trim() === sha256
}

export async function rememberVerified(cache: string, fingerprint: string, sha256: string): Promise<void> {
  await writeAtomically(noteOf(cache, fingerprint), (handle) => handle.writeFile(`${sha256}\n`))
}

function noteOf(cache: string, fingerprint: string): string {
  return join(cache, 'verified', fingerprint)
}
