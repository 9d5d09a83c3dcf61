import {createWriteStream} from 'node:fs'
import {mkdir} from 'node:fs/promises'
import {dirname} from 'node:path'
import {finished} from 'node:stream/promises'
import {toFileProblem} from '../files/file-problem.ts'
import {createLineRedactor} from '../../redact.ts'

export interface LogFile {
  line(text: string): void
  /** Throws file-unwritable or disk-full when not all of it could be written. */
  close(): Promise<void>
}

/** Opens a log for appending, readable by its owner only; lines are written without secrets. Throws file-unwritable. */
export async function openLogFile(file: string): Promise<LogFile> {
  let failure: unknown
  try {
    await mkdir(dirname(file), {recursive: true})
  } catch (error) {
    throw toFileProblem(error, file)
  }
  const redactLine = createLineRedactor()
  const stream = createWriteStream(file, {flags: 'a', mode: 0o600})
  const done = finished(stream).catch((error: unknown) => {
    failure = error
  })
  return {
    line: (text) => {
      if (!stream.destroyed) stream.write(`${redactLine(text)}\n`)
    },
    close: async () => {
      stream.end()
      await done
      if (failure !== undefined) throw toFileProblem(failure, file)
    },
  }
}
