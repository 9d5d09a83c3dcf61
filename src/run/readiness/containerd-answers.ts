import {lastLines, lookAtNode} from '../node-exec.ts'
import {everyNode} from './every-node.ts'
import type {Waiter} from './wait-context.ts'

/** `ctr version` reaches the daemon, so that images can be imported. */
export const containerdAnswers: Waiter<'containerd-answers'> = ({nodes}, context) =>
  everyNode(nodes, context, async (node) => {
    const finished = await lookAtNode(context, node, ['ctr', 'version'])
    return finished.exitCode === 0 ? undefined : lastLines(finished, 1) || 'containerd does not answer'
  })
