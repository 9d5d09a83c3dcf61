import type {Executor} from '../executor.ts'
import {inParallel} from '../in-parallel.ts'
import {changeNode, lookAtNode} from '../node-exec.ts'

/** No node has one of the links. */
export const deleteNodeLinks: Executor<'delete-node-links'> = async ({links, nodes}, context) => {
  const gone = await inParallel(nodes, async (node) => {
    let already = true
    for (const link of links) {
      const {exitCode} = await lookAtNode(context, node, ['test', '-e', `/sys/class/net/${link}`])
      if (exitCode !== 0) continue
      await changeNode(context, node, ['ip', 'link', 'delete', link])
      already = false
    }
    return already
  })
  return {already: gone.every(Boolean)}
}
