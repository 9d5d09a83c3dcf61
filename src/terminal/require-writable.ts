import {dirname} from 'node:path'
import type {FileDriver} from '../drivers/ports.ts'
import {type Finding, Problem} from '../problem.ts'

/** A file that will be written, and what asked for it. */
export interface WantedFile {
  readonly at: string
  readonly file: string
}

export interface RequireOptions {
  readonly files: FileDriver
  /** What is wrong when it is one file, and when there are several: sentences without a full stop. */
  readonly one: string
  readonly several: string
}

/** Asks beforehand whether all that will be written can be: nobody wants to hear it after minutes. @throws file-unwritable with every file that cannot */
export async function requireWritable(
  wanted: readonly WantedFile[],
  {files, one, several}: RequireOptions,
): Promise<void> {
  const findings: Finding[] = []
  for (const {at, file} of wanted) {
    const {writable, reason = 'it cannot be written', missing} = await files.writable(file)
    if (missing !== undefined)
      findings.push({at, message: `the folder ${missing} does not exist`, fix: `mkdir -p ${missing}`})
    else if (!writable) findings.push({at, message: reason, fix: `ls -ld ${dirname(file)}`})
  }
  const [first, ...others] = findings
  if (!first) return
  const message = others.length === 0 ? `${one}: ${first.message}` : several
  throw new Problem('file-unwritable', {message, findings, suggestions: findings.flatMap(({fix}) => fix ?? [])})
}
