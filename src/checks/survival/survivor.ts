import type {Evidence, Probe, Verdict} from '../../steps/check-request.ts'
import type {Scene, ScenePod} from '../check.ts'
import {isReady, neverStarted, seeAttachReady} from '../pod-start.ts'
import {jsonOf, pingOf} from '../seen.ts'

/** A pod that was there before, and another that it reaches over these networks. */
export type Survivor = {
  readonly namespace: string
  readonly pod: string
  readonly node: string
  /** `namespace/name` of all its networks, in order. */
  readonly networks: readonly string[]
  readonly peer: string
  /** Networks over which pod and peer reach each other. */
  readonly shared: readonly string[]
}

/** A probe pod on a worker with a peer on another node, where there is one, and a network that spans nodes; undefined where no pod has a network. */
export function chooseSurvivor({pods, nodes, networks, namespace}: Scene): Survivor | undefined {
  const spanning = new Set(networks.filter((one) => one.spansNodes).map(({namespace: of, name}) => `${of}/${name}`))
  const attached = pods.filter((pod) => pod.networks.length > 0)
  const isWorker = ({node}: ScenePod) => nodes.find(({name}) => name === node)?.role === 'worker'
  const candidates = [...attached.filter(isWorker), ...attached].flatMap((pod) =>
    attached
      .filter((peer) => peer.node !== pod.node)
      .map((peer) => ({
        pod,
        peer,
        shared: pod.networks.filter((network) => peer.networks.includes(network) && spanning.has(network)),
      })),
  )
  const best = candidates.find(({shared}) => shared.length > 0)
  const pod = best?.pod ?? attached[0]
  if (!pod) return undefined
  return {
    namespace,
    pod: pod.name,
    node: pod.node,
    networks: pod.networks,
    peer: best?.peer.name ?? '',
    shared: best?.shared ?? [],
  }
}

/** Pings of `count` from the survivor to its peer, by `kept:NETWORK`, and the pod itself as `kept`. */
export function survivorProbes(
  {namespace, pod, peer, shared}: Survivor,
  count: number,
): Readonly<Record<string, Probe>> {
  return {
    kept: {type: 'api', path: `/api/v1/namespaces/${namespace}/pods/${pod}`},
    ...Object.fromEntries(
      shared.map((network) => [
        `kept:${network}`,
        {type: 'ping', namespace, from: pod, to: peer, network, count} satisfies Probe,
      ]),
    ),
  }
}

/** Why the survivor has not come through; undefined where it has. */
export function survivorFault(evidence: Evidence, {pod, peer, shared}: Survivor): Verdict | undefined {
  const kept = jsonOf(evidence, 'kept')
  if ('missing' in kept) return {status: 'fail', summary: `${pod} is gone: ${kept.missing}`}
  if (neverStarted(kept.value)) return seeAttachReady(pod)
  if (!isReady(kept.value)) return {status: 'fail', summary: `${pod}, which ran before, is not Ready any more`}
  const dead = shared.flatMap((network) => {
    const ping = pingOf(evidence, `kept:${network}`)
    if ('missing' in ping) return [`${network}: ${ping.missing}`]
    const {sent, received} = ping.value
    return received < sent - tolerated(sent) ? [`${network}: ${received} of ${sent} pings came back`] : []
  })
  if (dead.length === 0) return undefined
  return {
    status: 'fail',
    summary: `${pod} has lost its way to ${peer}`,
    evidence: dead,
    fix: 'k8s-local repair',
  }
}

/** Pings that a busy machine may lose: one, and one in fifty. */
function tolerated(sent: number): number {
  return 1 + Math.floor(sent / 50)
}
