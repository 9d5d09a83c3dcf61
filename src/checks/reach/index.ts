import type {Check} from '../check.ts'
import {broadcastPasses} from './broadcast-passes.ts'
import {gatewayAnswers} from './gateway-answers.ts'
import {hostReach} from './host-reach.ts'
import {pathMtu} from './path-mtu.ts'
import {primaryUnharmed} from './primary-unharmed.ts'
import {reachAcrossNodes} from './reach-across-nodes.ts'
import {reachSameNode} from './reach-same-node.ts'
import {secondInterfaceUsed} from './second-interface-used.ts'
import {streamsPass} from './streams-pass.ts'

/** Traffic passes, where it should. */
export const reachChecks = {
  'reach-same-node': reachSameNode,
  'reach-across-nodes': reachAcrossNodes,
  'path-mtu': pathMtu,
  'gateway-answers': gatewayAnswers,
  'host-reach': hostReach,
  'broadcast-passes': broadcastPasses,
  'second-interface-used': secondInterfaceUsed,
  'primary-unharmed': primaryUnharmed,
  'streams-pass': streamsPass,
} as const satisfies Record<string, Check>
