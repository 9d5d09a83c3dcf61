import {Problem} from '../../problem.ts'

/** What a failed write means: disk-full or file-unwritable. Anything that is not a file system error is returned as it is. */
export function toFileProblem(error: unknown, file: string): unknown {
  const code = codeOf(error)
  if (!(error instanceof Error) || code === undefined || error instanceof Problem) return error
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new Problem('disk-full', {
      message: `No space is left to write ${file}`,
      cause: error.message,
      suggestions: [`Look at what fills it: df -h ${directoryOf(file)}`, 'Make room, then run the same command again'],
    })
  }
  return new Problem('file-unwritable', {
    message: `${file} cannot be written`,
    cause: error.message,
    suggestions: [`Check who owns it: ls -ld ${directoryOf(file)}`],
  })
}

/** The system's name of an error (`ENOENT`), where it has one. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

function directoryOf(file: string): string {
  return file.slice(0, Math.max(1, file.lastIndexOf('/')))
}
