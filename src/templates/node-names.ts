/** The nodes of a cluster by the names that kind gives them. */
export interface NodeNames {
  readonly controlPlanes: readonly string[]
  readonly workers: readonly string[]
  /** Control planes first, as kind lists them. */
  readonly all: readonly string[]
}

/**
 * The names of kind's node containers, which are the names of the Nodes as well: `<cluster>-control-plane`, `-control-plane2`, …
 * and `<cluster>-worker`, `-worker2`, … (kind v0.33 pkg/cluster/internal/providers/common/namer.go).
 */
export function nodeNames(cluster: {
  readonly name: string
  readonly controlPlanes: number
  readonly workers: number
}): NodeNames {
  const controlPlanes = numbered(`${cluster.name}-control-plane`, cluster.controlPlanes)
  const workers = numbered(`${cluster.name}-worker`, cluster.workers)
  return {controlPlanes, workers, all: [...controlPlanes, ...workers]}
}

function numbered(name: string, count: number): readonly string[] {
  return Array.from({length: count}, (_, index) => (index === 0 ? name : `${name}${index + 1}`))
}
