import type {Drivers, EngineContainer, EngineNetwork, KubernetesDriver} from '../../drivers/ports.ts'
import type {KubernetesObject} from '../../steps/object.ts'

/** What the parts of the observation share. */
export interface TargetLooker {
  readonly drivers: Drivers
  readonly kubernetes: KubernetesDriver
  readonly cluster: string
  /** Every node is a container of this machine's engine. */
  readonly nodesHere: boolean
  /** Those that run; none where the nodes are elsewhere. */
  readonly containers: readonly EngineContainer[]
  /** Networks of ours for the cluster. */
  readonly engineNetworks: readonly EngineNetwork[]
  readonly nodes: readonly KubernetesObject[]
  readonly signal: AbortSignal
}
