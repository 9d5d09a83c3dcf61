import {nearestName} from '../../spec/nearest-name.ts'
import type {TreeMap} from '../../tree.ts'
import {
  type LintFacts,
  type LintObject,
  multusNamespace,
  namespaceOf,
  type Network,
  type Scene,
  type Workload,
} from '../scene.ts'
import type {Source} from '../source.ts'
import {leafAt, mapAt, textAt} from '../tree-access.ts'
import {readNetwork} from './network.ts'
import {readWorkload} from './workload.ts'

/** The objects of a source as far as lint knows such objects. */
export interface ReadSource {
  readonly source: Source
  readonly objects: readonly TreeMap[]
  /** Only referred to, not judged. */
  readonly known?: true
}

/** One scene of all sources; what is judged hides what is known of the same name. */
export function makeScene(sources: readonly ReadSource[], facts?: LintFacts): Scene {
  const objects = sources.flatMap(({source, objects: trees, known}) =>
    trees.map((tree) => ({...readObject(source, tree), ...(known && {known})})),
  )
  const networks = objects.filter(isNetwork).map(readNetwork)
  const workloads = objects.flatMap((object) => readWorkload(object) ?? [])
  const byPlace = new Map<string, Network>()
  const byName = new Map<string, Network[]>()
  for (const network of networks.toSorted((a, b) => Number(a.known ?? false) - Number(b.known ?? false))) {
    // What refers to the network means the object, not one node's file for it.
    if (network.source.node !== undefined) continue
    const place = `${namespaceOf(network)}/${network.name}`
    if (byPlace.has(place) && network.known) continue
    if (!byPlace.has(place)) byPlace.set(place, network)
    const alike = byName.get(network.name)
    if (alike) alike.push(network)
    else byName.set(network.name, [network])
  }
  return {
    objects,
    networks,
    workloads,
    ...(facts && {facts}),
    network: (namespace, name) => byPlace.get(`${namespace}/${name}`),
    networksNamed: (name) => byName.get(name) ?? [],
    nearName: nearNames(networks),
    defaultNetworks: new Set(workloads.flatMap(defaultNetworksOf)),
  }
}

/** Finds the nearest name once for all pods that misspell it in one way. */
function nearNames(networks: readonly Network[]): Scene['nearName'] {
  const names = new Map<string, string[]>()
  for (const network of networks) {
    const namespace = namespaceOf(network)
    const inside = names.get(namespace)
    if (inside) inside.push(network.name)
    else names.set(namespace, [network.name])
  }
  const found = new Map<string, string | undefined>()
  return (namespace, name) => {
    const place = `${namespace}/${name}`
    if (!found.has(place)) found.set(place, nearestName(name, names.get(namespace) ?? []))
    return found.get(place)
  }
}

function defaultNetworksOf({defaultRequest}: Workload): readonly string[] {
  return (defaultRequest?.attachments ?? []).map(
    ({namespace, network}) => `${namespace?.text ?? multusNamespace}/${network.text}`,
  )
}

function isNetwork({kind}: LintObject): boolean {
  return kind === 'NetworkAttachmentDefinition'
}

function readObject(source: Source, tree: TreeMap): LintObject {
  const metadata = mapAt(tree, 'metadata')
  const name = leafAt(metadata, 'name')
  const namespace = textAt(metadata, 'namespace')
  return {
    source,
    tree,
    apiVersion: textAt(tree, 'apiVersion') ?? '',
    kind: textAt(tree, 'kind') ?? '',
    name: name?.value ?? textAt(metadata, 'generateName') ?? '',
    nameAt: name ?? {start: tree.start, end: Math.min(tree.start + 1, tree.end)},
    ...(namespace !== undefined && namespace !== '' && {namespace}),
  }
}
