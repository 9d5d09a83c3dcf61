import type {Scene, SceneNetwork} from '../check.ts'
import {parseNetworkConfig} from '../network-config.ts'
import {configOf, podsOn} from '../reach/pairs.ts'

/** A network whose pods share a layer 2, and what that is: frames of two different segments must never meet. */
export interface Segment {
  /** `namespace/name`. */
  readonly network: string
  readonly segment: string
}

/** The segments of the networks that probe pods can attach to; those without a layer 2 of their own (ptp, tap, a device) are left out. */
export function segmentsOf(scene: Scene): readonly Segment[] {
  return scene.networks
    .filter((network) => podsOn(network, scene).length > 0)
    .flatMap((network) => {
      const segment = segmentOf(network)
      return segment === undefined ? [] : [{network: `${network.namespace}/${network.name}`, segment}]
    })
}

function segmentOf(network: SceneNetwork): string | undefined {
  const parsed = parseNetworkConfig(configOf(network))
  // Nothing can be asked of an interface without an address.
  if ('fault' in parsed || parsed.ipam === undefined) return undefined
  const {
    types: [type],
    master,
    bridge = 'cni0',
    vlan,
  } = parsed
  const tag = vlan === undefined ? '' : `, VLAN ${vlan}`
  if (type === 'bridge') return `bridge ${bridge}${tag}`
  if (type === 'macvlan' || type === 'vlan') return `${master ?? 'the NIC of the default route'}${tag}`
  return undefined
}
