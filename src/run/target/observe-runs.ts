import type {KubernetesDriver} from '../../drivers/ports.ts'
import type {RunRemains} from '../../plan/sweep-runs.ts'
import {type KubernetesObject, refOf} from '../../steps/object.ts'
import {runKinds} from '../../templates/run-kinds.ts'
import {runLabel} from '../../templates/labels.ts'

/** What runs of verify have in the cluster, those that go on now too: oldest first. Throws what listing throws. */
export async function observeRuns(
  kubernetes: Pick<KubernetesDriver, 'list'>,
  signal?: AbortSignal,
): Promise<readonly RunRemains[]> {
  const lists = await Promise.all(runKinds.map((kind) => kubernetes.list({...kind, labelSelector: runLabel}, signal)))
  const runs = new Map<string, readonly KubernetesObject[]>()
  for (const object of lists.flat()) {
    const id = object.metadata.labels?.[runLabel] ?? ''
    runs.set(id, [...(runs.get(id) ?? []), object])
  }
  return [...runs]
    .map(([runId, objects]) => ({runId, madeAt: earliest(objects), objects: objects.map(refOf)}))
    .toSorted((a, b) => a.madeAt.localeCompare(b.madeAt))
}

function earliest(objects: readonly KubernetesObject[]): string {
  const times = objects.map(({metadata}) => metadata['creationTimestamp']).filter((time) => typeof time === 'string')
  return times.toSorted()[0] ?? ''
}
