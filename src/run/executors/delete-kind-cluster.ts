import type {Executor, StepContext} from '../executor.ts'
import {removeNodes} from '../remove-nodes.ts'

/** No container of the kind cluster exists, nor is one on its way. */
export const deleteKindCluster: Executor<'delete-kind-cluster'> = async ({cluster}, context) => {
  const inFlight = await containersOnTheirWay(cluster, context)
  return {already: (await removeNodes({cluster, inFlight}, context.drivers)) === 0}
}

/** All that kind starts at once, when its log says that it began to and the journal that it did not come to its end. */
async function containersOnTheirWay(cluster: string, {drivers: {journal, files}}: StepContext): Promise<number> {
  const entry = await journal.read(cluster)
  if (entry?.phase !== 'creating') return 0
  const log = await files.read(journal.file(cluster, 'kind.log'))
  if (!log?.includes('Preparing nodes')) return 0
  const {controlPlanes, workers} = entry.record
  // Several control planes have a load balancer in front of them.
  return controlPlanes + workers + (controlPlanes > 1 ? 1 : 0)
}
