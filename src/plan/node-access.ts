import type {NodeAccess} from '../checks/check.ts'
import {Problem} from '../problem.ts'
import type {TargetFacts} from './facts.ts'

export type NodeAccessWish = 'auto' | 'engine' | 'pod' | 'none'

const elsewhere = "the nodes are no containers of this machine's engine"

/** How the nodes will be looked at. Throws invalid-input where the engine is wanted and does not have them. */
export function chooseNodeAccess(
  wish: NodeAccessWish,
  {nodesHere}: Pick<TargetFacts, 'nodesHere'>,
  namespace: string,
): NodeAccess {
  if (wish === 'pod') return {by: 'pods', namespace}
  if (wish === 'none') return {by: 'none', reason: 'nodes are not looked at: --node-access none'}
  if (nodesHere) return {by: 'engine'}
  if (wish === 'auto') return {by: 'none', reason: `${elsewhere}: --node-access pod looks at them`}
  throw new Problem('invalid-input', {
    message: 'The nodes cannot be looked at by the container engine',
    findings: [
      {at: '--node-access', message: elsewhere, fix: '--node-access pod, which starts a privileged pod on each node'},
    ],
  })
}
