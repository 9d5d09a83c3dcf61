import type {StepContext} from './executor.ts'
import {changeNode, lookAtNode} from './node-exec.ts'

export interface NodeFile {
  readonly node: string
  readonly path: string
  readonly text: string
  /** `0755` for a program. */
  readonly mode: '0644' | '0755'
}

/** Puts a text file on a node; true when the same text was there already. Throws node-command-failed. */
export async function putNodeFile(
  {node, path, text, mode}: NodeFile,
  context: Pick<StepContext, 'drivers' | 'signal'>,
): Promise<boolean> {
  const found = await lookAtNode(context, node, ['cat', path])
  if (found.exitCode === 0 && found.stdout === text) return true
  // Another name in the same folder, then a rename: a reader sees the old file or the new one. Names with a leading dot are read by nobody.
  const slash = path.lastIndexOf('/') + 1
  const temporary = `${path.slice(0, slash)}.${path.slice(slash)}.new`
  await changeNode(context, node, ['install', '-D', '-m', mode, '/dev/stdin', temporary], {stdin: text})
  await changeNode(context, node, ['mv', '-f', temporary, path])
  return false
}
