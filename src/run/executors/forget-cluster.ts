import type {Executor} from '../executor.ts'

/** The journal knows nothing of the cluster. */
export const forgetCluster: Executor<'forget-cluster'> = async ({cluster}, {drivers: {journal}}) => {
  const known = (await journal.list()).includes(cluster)
  await journal.forget(cluster)
  return {already: !known}
}
