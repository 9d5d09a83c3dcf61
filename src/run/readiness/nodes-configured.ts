import {everyNode} from './every-node.ts'
import {fileAppears} from './file-appears.ts'
import type {Waiter} from './wait-context.ts'

const file = '/kind/kubeadm.conf'

/** kind has written the file that holds each node's address; it reads addresses for nothing else. */
export const nodesConfigured: Waiter<'nodes-configured'> = ({nodes}, context) =>
  everyNode(nodes, context, async (node, patient) => {
    const there = await fileAppears(context, node, {paths: [file], patient})
    return there ? undefined : `kind has not written ${file} yet`
  })
