import type {Executor} from '../executor.ts'

/** The journal says that the cluster is complete. */
export const completeCluster: Executor<'complete-cluster'> = async ({cluster}, {drivers: {journal}}) => {
  if ((await journal.read(cluster))?.phase === 'complete') return {already: true}
  await journal.mark(cluster, 'complete')
  return {already: false}
}
