import {constants} from 'node:fs'
import {access, stat} from 'node:fs/promises'
import {delimiter, isAbsolute, join} from 'node:path'

/** Absolute path of a program: the first executable file of that name in the absolute folders of `path`, a PATH; undefined when there is none. */
export async function findProgram(program: string, path: string): Promise<string | undefined> {
  const candidates = isAbsolute(program)
    ? [program]
    : path
        .split(delimiter)
        .filter(isAbsolute)
        .map((folder) => join(folder, program))
  for (const file of candidates) {
    const runs = await access(file, constants.X_OK).then(
      async () => (await stat(file)).isFile(),
      () => false,
    )
    if (runs) return file
  }
  return undefined
}
