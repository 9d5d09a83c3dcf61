import {Problem} from '../../problem.ts'
import {inParallel} from '../in-parallel.ts'
import {poll} from '../poll.ts'
import type {WaitContext} from './wait-context.ts'

/** Milliseconds between two looks at the nodes. A look is one `docker exec` per node, about 80 ms of one core. */
const interval = 200

/**
 * Looks at all nodes at once, again and again, until each was found good once. `look` returns undefined when the node is good, else what is missing, in
 * words. After the first, a look may be patient: wait on the node itself for what is missing. A look that fails (a node that is not there yet) is something seen, not an error.
 */
export async function everyNode(
  nodes: readonly string[],
  context: WaitContext,
  look: (node: string, patient: boolean) => Promise<string | undefined>,
): Promise<boolean> {
  const open = new Set(nodes)
  let patient = false
  return poll(
    async () => {
      const missing = await inParallel([...open], async (node) => {
        const fault = await look(node, patient).catch((error: unknown) => whyNot(error, context.signal))
        if (fault === undefined) open.delete(node)
        return fault === undefined ? undefined : `${node}: ${fault}`
      })
      patient = true
      const seen = missing.filter((one) => one !== undefined).join('; ')
      return {
        ready: open.size === 0,
        seen: seen || (nodes.length === 1 ? `${nodes[0]} has it` : `all ${nodes.length} nodes`),
      }
    },
    {clock: context.drivers.clock, signal: context.signal, milliseconds: interval, seen: context.seen},
  )
}

function whyNot(error: unknown, signal: AbortSignal): string {
  if (signal.aborted || !(error instanceof Problem)) throw error
  return (error.data.cause ?? error.data.message).trim().split('\n').at(-1) ?? error.data.message
}
