import {applyInOrder} from '../apply-in-order.ts'
import type {Executor} from '../executor.ts'

/** Every object is in the cluster as asked for. */
export const applyObjects: Executor<'apply-objects'> = async ({objects}, context) => ({
  already: await applyInOrder(objects, context),
})
