import type {Executor} from '../executor.ts'

/** The user's kubeconfig holds cluster, user and context, and the context is the current one. The file is noted first, for `delete` to find whatever happens next. */
export const mergeKubeconfig: Executor<'merge-kubeconfig'> = async ({cluster, file}, {drivers}) => {
  await drivers.journal.noteKubeconfig(cluster, file)
  return {already: await drivers.kubeconfig.merge({file, from: drivers.journal.file(cluster, 'kubeconfig'), cluster})}
}
