import type {Finished, RunOptions} from '../drivers/ports.ts'
import {Problem} from '../problem.ts'
import type {StepContext} from './executor.ts'

/** Each call gets a signal of its own: Node warns of more than ten listeners on one, and a cluster may have more nodes. */
type NodeContext = Pick<StepContext, 'drivers' | 'signal'>

/** Seconds that a look at a node may take. */
const lookSeconds = 10
/** Seconds that a change on a node may take. */
const changeSeconds = 120

/** Runs a program on a node for what it prints; a non-zero exit is an answer too. Throws engine-failed, interrupted, wait-timeout. */
export function lookAtNode(
  {drivers, signal}: NodeContext,
  node: string,
  argv: readonly string[],
  options: Pick<RunOptions, 'stdin' | 'timeoutSeconds'> = {},
): Promise<Finished> {
  return drivers.engine.exec(node, argv, {signal: AbortSignal.any([signal]), timeoutSeconds: lookSeconds, ...options})
}

/** Runs a program on a node that must succeed. Throws node-command-failed with its last lines. */
export async function changeNode(
  {drivers, signal}: NodeContext,
  node: string,
  argv: readonly string[],
  options: Pick<RunOptions, 'stdin' | 'timeoutSeconds'> = {},
): Promise<Finished> {
  const finished = await drivers.engine.exec(node, argv, {
    signal: AbortSignal.any([signal]),
    timeoutSeconds: changeSeconds,
    ...options,
  })
  if (finished.exitCode === 0) return finished
  throw new Problem('node-command-failed', {
    message: `${argv[0]} failed on node ${node} with exit code ${finished.exitCode}`,
    cause: lastLines(finished, 8) || `It printed nothing. Command: ${argv.join(' ')}`,
    suggestions: [`docker exec ${node} ${argv.join(' ')}`],
  })
}

/** The last lines that a program printed: its errors, or its output where it printed no errors. */
export function lastLines({stdout, stderr}: Finished, count: number): string {
  return (stderr.trim() || stdout.trim()).split('\n').slice(-count).join('\n')
}
