import type {TargetFacts} from '../../plan/facts.ts'

/** One interface of one pod, decoded from its network-status: a line of `pod list`. */
export interface ListedInterface {
  readonly namespace: string
  readonly pod: string
  readonly node: string
  readonly ready: boolean
  readonly interface: string
  readonly network: string
  /** Addresses as the status has them, without prefix length. */
  readonly ips: readonly string[]
  readonly mac: string
  readonly mtu?: number
  /** The interface of the cluster network. */
  readonly primary: boolean
}

/** The interfaces of all pods that ask for an attachment, the primary one first. A pod without a status has one line that says so by an empty interface. */
export function listPods(
  {pods}: Pick<TargetFacts, 'pods'>,
  {namespace}: {readonly namespace?: string} = {},
): readonly ListedInterface[] {
  const asked = pods.filter((pod) => pod.requested !== '' && (namespace === undefined || pod.namespace === namespace))
  return asked.flatMap(({namespace: at, name, node, ready, requested, status}) => {
    const pod = {namespace: at, pod: name, node, ready}
    if (status.length === 0) return [{...pod, interface: '', network: requested, ips: [], mac: '', primary: false}]
    return status.map((one) => ({
      ...pod,
      interface: one.interface ?? '',
      network: one.name,
      ips: one.ips ?? [],
      mac: one.mac ?? '',
      ...(one.mtu !== undefined && {mtu: one.mtu}),
      primary: one.default === true,
    }))
  })
}
