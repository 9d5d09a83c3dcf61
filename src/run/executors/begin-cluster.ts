import {isDeepStrictEqual} from 'node:util'
import type {Executor} from '../executor.ts'

/** The journal knows the cluster. One that says the same already is left alone: it may have come further than "creating". */
export const beginCluster: Executor<'begin-cluster'> = async ({cluster, record}, {drivers: {journal}}) => {
  const known = await journal.read(cluster)
  if (known && isDeepStrictEqual(known.record, record)) return {already: true}
  await journal.begin(cluster, record)
  return {already: false}
}
