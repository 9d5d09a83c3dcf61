import type {Drivers} from '../drivers/ports.ts'
import type {RunEvent} from './events.ts'

export interface RunPlanOptions {
  readonly drivers: Drivers
  readonly emit: (event: RunEvent) => void
  /** Aborted by the first Ctrl-C: the run stops, cleans up, and ends as `interrupted`. */
  readonly signal: AbortSignal
  /** How to reach the cluster's API; absent: by the kubeconfig that the journal keeps for the plan's cluster. */
  readonly target?: RunTarget
}

/** A context of a kubeconfig file (absolute path); absent context: the current one. */
export interface RunTarget {
  readonly kubeconfig: string
  readonly context?: string
}
