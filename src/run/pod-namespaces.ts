import type {StepContext} from './executor.ts'
import {lookAtNode} from './node-exec.ts'
import {readInterfaces} from './node-interfaces.ts'

/** The network namespace of one pod. */
export interface PodNamespace {
  /** Lower case. */
  readonly macs: readonly string[]
  /** IPv4, without prefix length. */
  readonly addresses: readonly string[]
}

/** What is inside of all pods of a node, with no program of theirs: containerd names each pod's network namespace. Undefined where nobody could look. */
export async function podNamespaces(
  context: Pick<StepContext, 'drivers' | 'signal'>,
  node: string,
): Promise<readonly PodNamespace[] | undefined> {
  const {exitCode, stdout} = await lookAtNode(context, node, [
    'ip',
    '-all',
    'netns',
    'exec',
    'ip',
    '-j',
    'addr',
    'show',
  ])
  return exitCode === 0 ? readNamespaces(stdout) : undefined
}

/** From `ip -all netns exec ip -j addr show`: a line `netns: NAME` before the JSON of each (iproute2). */
export function readNamespaces(output: string): readonly PodNamespace[] {
  const texts = output.split(/^netns: .*$/m).slice(1)
  return texts.map((text) => {
    const interfaces = readInterfaces(text)
    return {macs: interfaces.map(({mac}) => mac), addresses: interfaces.flatMap(({addresses}) => addresses)}
  })
}
