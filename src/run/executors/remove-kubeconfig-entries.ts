import type {Executor} from '../executor.ts'

/** The user's kubeconfig holds nothing of the cluster. */
export const removeKubeconfigEntries: Executor<'remove-kubeconfig-entries'> = async ({cluster, file}, {drivers}) => ({
  already: await drivers.kubeconfig.remove({file, cluster}),
})
