import type {Executor} from '../executor.ts'

/** The object is as the patch says; what the patch does not name stays. */
export const patchObject: Executor<'patch-object'> = async ({ref, subresource, patch}, context) => {
  const kubernetes = await context.kubernetes()
  const change = await kubernetes.patch(ref, patch, {signal: context.signal, ...(subresource && {subresource})})
  return {already: change === 'unchanged'}
}
