import type {Executor} from '../executor.ts'
import {inParallel} from '../in-parallel.ts'
import {changeNode, lookAtNode} from '../node-exec.ts'

/** No node has the file or folder. */
export const deleteNodeFiles: Executor<'delete-node-files'> = async ({path, nodes}, context) => {
  const gone = await inParallel(nodes, async (node) => {
    const {exitCode} = await lookAtNode(context, node, ['test', '-e', path])
    if (exitCode !== 0) return true
    await changeNode(context, node, ['rm', '-rf', path])
    return false
  })
  return {already: gone.every(Boolean)}
}
