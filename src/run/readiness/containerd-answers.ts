import {lastLines, lookAtNode} from '../node-exec.ts'
import {everyNode} from './every-node.ts'
import {fileAppears} from './file-appears.ts'
import type {Waiter} from './wait-context.ts'

const socket = '/run/containerd/containerd.sock'

/** `ctr version` reaches the daemon, so that images can be imported. */
export const containerdAnswers: Waiter<'containerd-answers'> = ({nodes}, context) =>
  everyNode(nodes, context, async (node, patient) => {
    if (patient) await fileAppears(context, node, {paths: [socket], patient})
    const finished = await lookAtNode(context, node, ['ctr', 'version'])
    return finished.exitCode === 0 ? undefined : lastLines(finished, 1) || 'containerd does not answer'
  })
