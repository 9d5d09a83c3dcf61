import type {Step} from '../steps/step.ts'
import {descriptionAnnotation, ownerAnnotation} from '../templates/labels.ts'
import {hasDhcpServer} from './dhcp-service.ts'
import type {TargetFacts, TargetNetwork} from './facts.ts'
import {usersOf} from './network-users.ts'
import {removeNetworkSteps} from './parts/network-removal.ts'
import type {ResolvedNetwork} from './resolved-network.ts'

/** A network of the cluster that has the name of a new one and is otherwise. */
export interface ReplacedNetwork {
  readonly network: TargetNetwork
  /** Pods that use it, `namespace/name`. */
  readonly pods: readonly string[]
  /** What becomes of them, one sentence each. */
  readonly notes: readonly string[]
}

/** The network that would have to go; undefined where there is none of the name, or where it is as asked for. */
export function findReplaced(network: ResolvedNetwork, facts: TargetFacts): ReplacedNetwork | undefined {
  const there = facts.networks.find(({namespace, name}) => namespace === network.namespace && name === network.name)
  if (!there || isSame(network, there)) return undefined
  const pods = usersOf(`${there.namespace}/${there.name}`, facts.pods).map(
    ({namespace, name}) => `${namespace}/${name}`,
  )
  const notes =
    pods.length === 0
      ? []
      : [`${pods.join(', ')} ${pods.length === 1 ? 'keeps its' : 'keep their'} old interface and address until deleted`]
  return {network: there, pods, notes}
}

/** It goes before the new one comes: a server-side apply would leave what others have written into it. */
export function removeReplaced({network}: ReplacedNetwork, facts: TargetFacts): readonly Step[] {
  return removeNetworkSteps(network, facts, `Remove the network ${network.namespace}/${network.name} as it is`)
}

/** In what Multus and the plugins read; a server-side apply changes texts for people in place, and adds an annotation that is not there. */
function isSame({nodeFiles, config, object, server}: ResolvedNetwork, there: TargetNetwork): boolean {
  const same = nodeFiles
    ? Object.entries(nodeFiles.files).every(([node, text]) => sameJson(there.nodeConfigs[node] ?? '', text))
    : sameJson(there.config, config)
  const annotations = Object.entries(object.metadata.annotations ?? {})
  // Servers that are wanted no more have to go.
  const isServed = server !== undefined || !hasDhcpServer(there)
  return (
    same &&
    isServed &&
    annotations.every(([key, value]) => forPeople.includes(key) || (there.annotations[key] ?? value) === value)
  )
}

const forPeople: readonly string[] = [descriptionAnnotation, ownerAnnotation]

function sameJson(one: string, other: string): boolean {
  return canonical(one) === canonical(other)
}

/** JSON with sorted keys; a text that is not JSON is only like itself. */
function canonical(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), (_, value: unknown) =>
      isObject(value) ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => a.localeCompare(b))) : value,
    )
  } catch {
    return text
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
