import {lookAtNode} from '../node-exec.ts'
import {everyNode} from './every-node.ts'
import type {Waiter} from './wait-context.ts'

const file = '/kind/kubeadm.conf'

/** kind has written the file that holds each node's address; it reads addresses for nothing else. */
export const nodesConfigured: Waiter<'nodes-configured'> = ({nodes}, context) =>
  everyNode(nodes, context, async (node) => {
    const {exitCode} = await lookAtNode(context, node, ['test', '-s', file])
    return exitCode === 0 ? undefined : `kind has not written ${file} yet`
  })
