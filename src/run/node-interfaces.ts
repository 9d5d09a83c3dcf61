import type {StepContext} from './executor.ts'
import {lookAtNode} from './node-exec.ts'

export interface NodeInterface {
  readonly name: string
  readonly mtu: number
  /** IPv4, without prefix length. */
  readonly addresses: readonly string[]
}

/** The interfaces of a node with their IPv4 addresses: a NIC is found by its address, for its name depends on the order of connecting (moby #49935). */
export async function nodeInterfaces(
  context: Pick<StepContext, 'drivers' | 'signal'>,
  node: string,
): Promise<readonly NodeInterface[]> {
  const {stdout} = await lookAtNode(context, node, ['ip', '-j', '-4', 'addr', 'show'])
  return readInterfaces(stdout)
}

/** From `ip -j addr show` (iproute2). Empty for anything else. */
export function readInterfaces(output: string): readonly NodeInterface[] {
  type Row = {
    readonly ifname?: string
    readonly mtu?: number
    readonly addr_info?: readonly {readonly local?: string}[]
  }
  try {
    const rows = JSON.parse(output) as readonly Row[]
    return rows.flatMap(({ifname, mtu, addr_info: info = []}) =>
      ifname ? [{name: ifname, mtu: mtu ?? 0, addresses: info.flatMap(({local}) => (local ? [local] : []))}] : [],
    )
  } catch {
    return []
  }
}
