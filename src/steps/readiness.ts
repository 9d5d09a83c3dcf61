import type {Artifact} from './artifact.ts'

/** What a wait waits for, as data. Every wait has a deadline and says what it last saw (see the executor `wait`). */
export type Readiness =
  /** The containers of these nodes run. */
  | {readonly type: 'nodes-running'; readonly nodes: readonly string[]}
  /** kind has written `/kind/kubeadm.conf` into all nodes: from then on a second engine network does not confuse it (kind v0.33 docker/node.go reads node addresses only for that file). */
  | {readonly type: 'nodes-configured'; readonly nodes: readonly string[]}
  /** `ctr version` answers in all nodes, so images can be imported. */
  | {readonly type: 'containerd-answers'; readonly nodes: readonly string[]}
  /** kind hands out a kubeconfig and `/readyz` says ok. `node` is the first control plane; `kind` the program to ask; absent: the one on PATH. */
  | {readonly type: 'api-ready'; readonly cluster: string; readonly node: string; readonly kind?: Artifact}
  /** All these nodes are registered with the API. */
  | {readonly type: 'nodes-registered'; readonly nodes: readonly string[]}
  | {readonly type: 'nodes-ready'; readonly nodes: readonly string[]}
  /** The workload's roll-out is complete: observed, updated, available, none left over. */
  | {
      readonly type: 'rollout'
      readonly kind: 'DaemonSet' | 'Deployment' | 'StatefulSet'
      readonly namespace: string
      readonly name: string
    }
  | {readonly type: 'file-on-nodes'; readonly path: string; readonly nodes: readonly string[]}
  /** On every node Multus' configuration is the first that the runtime reads, its delegate is `confFile`, and no stale twin shadows it. */
  | {
      readonly type: 'multus-first'
      readonly nodes: readonly string[]
      readonly mode: 'thin' | 'thick'
      readonly confFile: string
    }
  | {readonly type: 'crd-established'; readonly name: string}
  | {readonly type: 'pods-ready'; readonly namespace: string; readonly names: readonly string[]}
  /** That container of the pod runs: one that was added to a running pod. */
  | {
      readonly type: 'container-running'
      readonly namespace: string
      readonly pod: string
      readonly container: string
    }
  /** Every pod that is to run on these nodes is there with the address that the API has of it: after a restart the API tells of the time before for a while. */
  | {readonly type: 'pods-in-place'; readonly nodes: readonly string[]}
  /** At least `count` pods of the Job have ended, well or not. */
  | {readonly type: 'job-pods-ended'; readonly namespace: string; readonly name: string; readonly count: number}
  | {readonly type: 'pods-gone'; readonly namespace: string; readonly names: readonly string[]}

export type ReadinessType = Readiness['type']
