import type {Scene, SceneNetwork, ScenePod, Skip} from '../check.ts'
import {parseNetworkConfig} from '../network-config.ts'
import type {End, Pair} from './both-ways.ts'

/** One pair on one node for each network whose pods meet there. */
export function matesOf(scene: Scene): readonly Pair[] | Skip {
  const pairs = scene.networks.filter(meetOnOneNode).flatMap((network) => {
    const on = podsOn(network, scene)
    const mates = on.flatMap((pod, index) =>
      on
        .slice(index + 1)
        .filter((other) => other.node === pod.node)
        .map((other) => [pod, other] as const),
    )
    return mates.slice(0, 1).map((pair) => toPair(network, pair, scene))
  })
  return pairs.length > 0 ? pairs : {skip: 'no network has pods that meet on one node'}
}

/** For each network that spans nodes, neighbours in the list of nodes: each node is in one pair at least. */
export function neighboursOf(scene: Scene): readonly Pair[] | Skip {
  const pairs = scene.networks
    .filter(({spansNodes}) => spansNodes)
    .flatMap((network) => {
      const leaders = onePodPerNode(network, scene)
      return leaders.slice(1).map((pod, index) => toPair(network, [leaders[index] ?? pod, pod], scene))
    })
  return pairs.length > 0 ? pairs : {skip: 'no network spans nodes, or pods run on one node only'}
}

/** A pair for each network: of two nodes where it spans them, else of one. */
export function onePairEach(scene: Scene): readonly Pair[] | Skip {
  const [mates, neighbours] = [matesOf(scene), neighboursOf(scene)]
  const all = [...('skip' in neighbours ? [] : neighbours), ...('skip' in mates ? [] : mates)]
  const first = all.filter(({network}, index) => all.findIndex((other) => other.network === network) === index)
  return first.length > 0 ? first : {skip: 'no two pods share a network'}
}

/** The probe pods that carry a network. */
export function podsOn({namespace, name}: SceneNetwork, {pods}: Scene): readonly ScenePod[] {
  return pods.filter(({networks}) => networks.includes(`${namespace}/${name}`))
}

/** Of these, the first on each node. */
export function onePodPerNode(network: SceneNetwork, scene: Scene): readonly ScenePod[] {
  const on = podsOn(network, scene)
  return on.filter(({node}, index) => on.findIndex((other) => other.node === node) === index)
}

/** In macvlan's private mode pods of one master never meet; in vepa mode they meet only where a switch reflects frames, and the engine's bridge does not. */
export function meetOnOneNode(network: SceneNetwork): boolean {
  const parsed = parseNetworkConfig(configOf(network))
  return 'fault' in parsed || !['private', 'vepa', 'passthru'].includes(parsed.mode ?? '')
}

/** The configuration of a network, that of its first node where each has its own. */
export function configOf({config, nodeConfigs}: SceneNetwork): string {
  return config === '' ? (Object.values(nodeConfigs ?? {})[0] ?? '') : config
}

function toPair({namespace, name}: SceneNetwork, [from, to]: readonly [ScenePod, ScenePod], scene: Scene): Pair {
  return {namespace: scene.namespace, network: `${namespace}/${name}`, from: endOf(from), to: endOf(to)}
}

function endOf({name, node}: ScenePod): End {
  return {pod: name, node}
}
