import {everyNode} from './every-node.ts'
import {fileAppears} from './file-appears.ts'
import type {Waiter} from './wait-context.ts'

/** A file that is there and not empty. */
export const fileOnNodes: Waiter<'file-on-nodes'> = ({path, nodes}, context) =>
  everyNode(nodes, context, async (node, patient) => {
    const there = await fileAppears(context, node, {paths: [path], patient})
    return there ? undefined : `${path.split('/').at(-1)} missing`
  })
