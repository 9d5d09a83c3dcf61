import type {KubernetesObject} from '../../steps/object.ts'
import {inParallel} from '../in-parallel.ts'
import {imagesOn} from '../images/lacking-nodes.ts'
import type {TargetLooker} from './target-looker.ts'

/** Full names of the images that every node holds: by the engine, or as far as the kubelets tell the API (the 50 largest of each node). */
export async function observeNodeImages(looker: TargetLooker): Promise<ReadonlySet<string>> {
  const perNode = looker.nodesHere
    ? await inParallel(looker.containers, ({name}) => imagesOn(name, looker))
    : looker.nodes.map(imagesToldOf)
  const [first, ...others] = perNode
  return new Set([...(first ?? [])].filter((image) => others.every((images) => images.has(image))))
}

function imagesToldOf(node: KubernetesObject): ReadonlySet<string> {
  const {images = []} = (node['status'] ?? {}) as {
    readonly images?: readonly {readonly names?: readonly string[] | null}[] | null
  }
  return new Set((images ?? []).flatMap(({names}) => names ?? []))
}
