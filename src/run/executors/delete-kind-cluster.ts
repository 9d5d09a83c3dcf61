import type {Executor} from '../executor.ts'
import {removeNodes} from '../remove-nodes.ts'

/** No container of the kind cluster exists. */
export const deleteKindCluster: Executor<'delete-kind-cluster'> = async ({cluster}, {drivers}) => ({
  already: (await removeNodes(cluster, drivers)) === 0,
})
