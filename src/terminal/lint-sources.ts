import type {FileDriver} from '../drivers/ports.ts'
import type {Source} from '../lint/source.ts'
import {Problem} from '../problem.ts'
import type {Surroundings} from './surroundings.ts'

/** What a command line named, read; names of networks are left for the cluster. */
export interface ReadInputs {
  readonly sources: readonly Source[]
  /** `NAME` or `NAMESPACE/NAME`. */
  readonly names: readonly string[]
  readonly unread: readonly UnreadInput[]
}

export interface UnreadInput {
  readonly file: string
  readonly reason: string
}

/** Reads files, folders (their .yaml, .yml and .json files) and `-`, standard input. What cannot be read does not hide the rest. */
export async function readInputs(
  inputs: readonly string[],
  {files, stdin}: {readonly files: FileDriver; readonly stdin: Surroundings['stdin']},
): Promise<ReadInputs> {
  const sources: Source[] = []
  const names: string[] = []
  const unread: UnreadInput[] = []
  for (const input of new Set(inputs)) {
    if (input === '-') {
      sources.push({name: 'stdin', text: await readAll(stdin), origin: 'stdin'})
      continue
    }
    const found = await files.find(input).catch((error: unknown) => failure(error))
    if (found === undefined && !looksLikePath(input)) names.push(input)
    else if (found === undefined) unread.push({file: input, reason: 'there is no such file or folder'})
    else if ('reason' in found) unread.push({file: input, reason: found.reason})
    else await readFiles(found.length === 1 && found[0] === input ? found : found.filter(isManifest))
  }
  return {sources, names, unread}

  async function readFiles(found: readonly string[]): Promise<void> {
    for (const file of found) {
      if (sources.some(({name}) => name === file)) continue
      const text = await files.read(file).catch((error: unknown) => failure(error))
      // What could not be decoded could not be written back either.
      if (typeof text === 'string' && text.includes('\uFFFD')) unread.push({file, reason: 'it is not UTF-8'})
      else if (typeof text === 'string') sources.push({name: file, text, origin: 'file'})
      else unread.push({file, reason: text?.reason ?? 'it is gone'})
    }
  }
}

function isManifest(file: string): boolean {
  return /\.(?:ya?ml|json)$/i.test(file)
}

/** No network is called like that; such a word is a file with a mistake in its name. */
function looksLikePath(input: string): boolean {
  return isManifest(input) || /^[./~]|\/.*\/|[A-Z\\]/.test(input)
}

function failure(error: unknown): {readonly reason: string} {
  if (error instanceof Problem) throw error
  return {reason: error instanceof Error ? error.message : String(error)}
}

async function readAll(stdin: Surroundings['stdin']): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const part of stdin as AsyncIterable<Uint8Array | string>)
    text += typeof part === 'string' ? part : decoder.decode(part, {stream: true})
  return text + decoder.decode()
}
