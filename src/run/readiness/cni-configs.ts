import {confDirectory} from '../../checks/conf-directory.ts'

/** A file in the folder that the container runtime reads; `content` is empty for files that it does not take for configurations. */
export interface CniFile {
  readonly name: string
  /** Seconds since 1970. */
  readonly modified: number
  readonly content: string
}

/** One look: every file with its time, and the content of those that are configurations. Others may hold tokens and stay closed. */
export const listConfigs: readonly string[] = [
  'find',
  confDirectory,
  '-maxdepth',
  '1',
  '-type',
  'f',
  '-printf',
  '\n=== %f %T@\n',
  '(',
  '-name',
  '*.conf',
  '-o',
  '-name',
  '*.conflist',
  '-o',
  '-name',
  '*.json',
  ')',
  '-exec',
  'cat',
  '{}',
  ';',
]

/** What `listConfigs` printed, in the order in which the runtime reads: by bytes of the name (containerd, go-cni). */
export function readConfigs(output: string): readonly CniFile[] {
  const files = output
    .split(/^=== /m)
    .slice(1)
    .map((block) => {
      const end = block.indexOf('\n')
      const [, name = '', modified = ''] = /^(.*) ([\d.]+)$/.exec(block.slice(0, end)) ?? []
      return {name, modified: Number(modified), content: block.slice(end + 1).trim()}
    })
  return files
    .filter(({name}) => name !== '')
    .toSorted((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)))
}
