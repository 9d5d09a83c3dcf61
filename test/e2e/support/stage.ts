import type {Home} from './home.ts'

/** The one cluster that all suites of a folder share: one control plane, two workers, the extra networks `lan` and `wan`. */
export interface Stage {
  readonly cluster: string
  readonly cni: 'cilium' | 'calico'
  readonly multus: 'thin' | 'thick'
  readonly home: Home
  readonly nodes: {
    readonly controlPlane: string
    readonly workers: readonly [string, string]
    readonly all: readonly [string, string, string]
  }
  /** Flags that name the cluster. */
  readonly at: readonly string[]
}

/** Declares its tests on the shared cluster. It uses namespaces and networks of its own, and leaves none behind. */
export type Suite = (stage: Stage) => void
