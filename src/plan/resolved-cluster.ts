import type {CniName} from '../catalog/cni/index.ts'
import type {MultusMode} from '../catalog/multus/index.ts'
import type {ClusterRecord, EngineNetworkPlan, FolderOnNodes} from '../steps/action.ts'
import type {Artifact, ArtifactName} from '../steps/artifact.ts'
import type {WarmNode} from './warm/choose-warm-image.ts'

/** A ClusterSpec with every `auto` decided: versions, subnets, node names, addresses. Plain data; the parts of `create` read nothing else. */
export interface ResolvedCluster {
  readonly name: string
  readonly kubernetes: string
  readonly controlPlanes: number
  readonly workers: number
  /** Control planes first. */
  readonly nodes: readonly ResolvedNode[]
  readonly cni: CniName
  /** As the CNI's project writes it, without `v`. */
  readonly cniVersion: string
  readonly multus: MultusMode | 'none'
  readonly podSubnet: string
  readonly serviceSubnet: string
  readonly networks: readonly ResolvedNodeNetwork[]
  readonly testNetworks: boolean
  /** One of each name that this cluster uses. */
  readonly artifacts: Readonly<Partial<Record<ArtifactName, Artifact>>>
  /** The bundle's folder, and where every node sees it; absent where nodes cannot. */
  readonly bundle?: FolderOnNodes
  /** The node image with other artifacts in it that its nodes start from; absent: the plain one. */
  readonly warm?: WarmNode
  readonly record: ClusterRecord
}

export interface ResolvedNode {
  readonly name: string
  readonly role: 'control-plane' | 'worker'
}

/** An engine network, and what it is to the nodes. */
export interface ResolvedNodeNetwork extends EngineNetworkPlan {
  /** As the user calls it. */
  readonly network: string
  /** By node name: the address that its NIC asks for, so that a restart does not move it. */
  readonly addresses: Readonly<Record<string, string>>
  /** Name of the NIC on every node: a running container's next network takes the next free `ethN` (facts of Docker; checked when connecting). */
  readonly interface: string
}

/** The artifact, which resolve-cluster has made sure of. A missing one is a mistake of ours. */
export function artifactOf({artifacts}: Pick<ResolvedCluster, 'artifacts'>, name: ArtifactName): Artifact {
  const artifact = artifacts[name]
  if (!artifact) throw new Error(`no artifact ${name} was resolved`)
  return artifact
}

export function artifactsOf(
  cluster: Pick<ResolvedCluster, 'artifacts'>,
  names: readonly ArtifactName[],
): readonly Artifact[] {
  return names.map((name) => artifactOf(cluster, name))
}

export function namesOf(nodes: readonly ResolvedNode[], role?: ResolvedNode['role']): readonly string[] {
  return nodes.filter((node) => role === undefined || node.role === role).map(({name}) => name)
}
