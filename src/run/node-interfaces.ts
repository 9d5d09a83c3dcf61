import type {StepContext} from './executor.ts'
import {lookAtNode} from './node-exec.ts'

export interface NodeInterface {
  readonly name: string
  readonly mtu: number
  /** Lower case; empty for one without. */
  readonly mac: string
  /** Somebody has set it up. */
  readonly up: boolean
  /** IPv4, without prefix length. */
  readonly addresses: readonly string[]
}

/** The interfaces of a node with their IPv4 addresses: a NIC is found by its address, for its name depends on the order of connecting (moby #49935). */
export async function nodeInterfaces(
  context: Pick<StepContext, 'drivers' | 'signal'>,
  node: string,
): Promise<readonly NodeInterface[]> {
  const {stdout} = await lookAtNode(context, node, ['ip', '-j', 'addr', 'show'])
  return readInterfaces(stdout)
}

/** From `ip -j addr show` (iproute2). Empty for anything else. */
export function readInterfaces(output: string): readonly NodeInterface[] {
  type Row = {
    readonly ifname?: string
    readonly mtu?: number
    readonly address?: string
    readonly flags?: readonly string[]
    readonly addr_info?: readonly {readonly family?: string; readonly local?: string}[]
  }
  try {
    const rows = JSON.parse(output) as readonly Row[]
    return rows.flatMap(({ifname, mtu, address, flags, addr_info: info = []}) =>
      ifname
        ? [
            {
              name: ifname,
              mtu: mtu ?? 0,
              mac: address?.toLowerCase() ?? '',
              up: flags?.includes('UP') ?? false,
              addresses: info.flatMap(({family, local}) => (local && family !== 'inet6' ? [local] : [])),
            },
          ]
        : [],
    )
  } catch {
    return []
  }
}
