import {lookAtNode} from '../node-exec.ts'
import {everyNode} from './every-node.ts'
import type {Waiter} from './wait-context.ts'

/** A file that is there and not empty. */
export const fileOnNodes: Waiter<'file-on-nodes'> = ({path, nodes}, context) =>
  everyNode(nodes, context, async (node) => {
    const {exitCode} = await lookAtNode(context, node, ['test', '-s', path])
    return exitCode === 0 ? undefined : `${path.split('/').at(-1)} missing`
  })
