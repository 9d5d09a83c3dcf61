import type {Executor} from '../executor.ts'

/** The user's kubeconfig holds cluster, user and context, and the context is the current one. */
export const mergeKubeconfig: Executor<'merge-kubeconfig'> = async ({cluster, file}, {drivers}) => ({
  already: await drivers.kubeconfig.merge({file, from: drivers.journal.file(cluster, 'kubeconfig'), cluster}),
})
