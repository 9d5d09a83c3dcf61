import type {FolderOnNodes} from '../../steps/action.ts'
import type {StepContext} from '../executor.ts'
import {inParallel} from '../in-parallel.ts'
import {lookAtNode} from '../node-exec.ts'

/** Where a node sees a file of this machine; undefined where it does not. */
export type PathOnNode = (file: string, node: string) => string | undefined

/**
 * Which nodes see which of these files, by one look at each node. A node sees a file only if what lies there is the very same file: the engine may run
 * elsewhere, the cluster may have been made with another bundle, and a file may have been replaced since.
 */
export async function filesOnNodes(
  files: readonly string[],
  {folder, onNodes}: FolderOnNodes,
  nodes: readonly string[],
  context: Pick<StepContext, 'drivers' | 'signal'>,
): Promise<PathOnNode> {
  const inside = files.filter((file) => file.startsWith(`${folder}/`))
  const pathOf = (file: string): string => `${onNodes}${file.slice(folder.length)}`
  if (inside.length === 0) return () => undefined
  const here = await inParallel(inside, async (file) => [file, await context.drivers.files.identity(file)] as const)
  const there = await inParallel(nodes, async (node) => {
    // Those that are missing are left out of what it prints, and make it end with 1.
    const {stdout} = await lookAtNode(context, node, ['stat', '-c', '%n %d:%i:%s', ...inside.map(pathOf)])
    return [node, new Set(stdout.split('\n'))] as const
  })
  const seen = new Map(there)
  const identities = new Map(here)
  return (file, node) => {
    const path = pathOf(file)
    return seen.get(node)?.has(`${path} ${identities.get(file)}`) === true ? path : undefined
  }
}
