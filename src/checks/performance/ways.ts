import {cnis} from '../../catalog/cni/index.ts'
import type {Scene, ScenePod} from '../check.ts'

/** From one pod to another over one network. */
export type Way = {
  readonly network: string
  /** Of the measures; the primary network is `primary`. */
  readonly name: string
  readonly nodes: 'same-node' | 'across-nodes'
  readonly from: string
  readonly to: string
}

/** Networks beside the primary one that are measured: each costs about ten seconds. */
const most = 4

/** The primary network's and each network's ways, on one node and across nodes, where it has them. */
export function waysOf(scene: Scene): readonly Way[] {
  const {pods, networks, cni} = scene
  const carried = networks.filter(({namespace, name}) =>
    pods.some((pod) => pod.networks.includes(`${namespace}/${name}`)),
  )
  const primary =
    cni === 'other' ? [] : waysAmong(pods, {network: cnis[cni].networkName, name: 'primary', spansNodes: true})
  const others = carried.slice(0, most).flatMap(({namespace, name, spansNodes}) => {
    const network = `${namespace}/${name}`
    const on = pods.filter((pod) => pod.networks.includes(network))
    return waysAmong(on, {network, name: network, spansNodes})
  })
  return [...primary, ...others]
}

function waysAmong(
  pods: readonly ScenePod[],
  {network, name, spansNodes}: {readonly network: string; readonly name: string; readonly spansNodes: boolean},
): readonly Way[] {
  const pairs = pods.flatMap((from) => pods.filter((to) => to !== from).map((to) => ({from, to})))
  const near = pairs.find(({from, to}) => from.node === to.node)
  // Between the workers, where there are two: the control plane has work of its own.
  const far = spansNodes ? pairs.findLast(({from, to}) => from.node !== to.node) : undefined
  return [
    ...(near ? [{network, name, nodes: 'same-node' as const, from: near.from.name, to: near.to.name}] : []),
    ...(far ? [{network, name, nodes: 'across-nodes' as const, from: far.from.name, to: far.to.name}] : []),
  ]
}
