import {getentFilter, getentFilterPath} from '../../templates/getent-filter.ts'
import type {Executor} from '../executor.ts'
import {inParallel} from '../in-parallel.ts'
import {putNodeFile} from '../node-file.ts'

/** Every node leaves addresses of the extra networks out when it asks for its own. */
export const pinNodeAddresses: Executor<'pin-node-addresses'> = async ({nodes, subnets}, context) => {
  const text = getentFilter({subnets})
  const written = await inParallel(nodes, (node) =>
    putNodeFile({node, path: getentFilterPath, text, mode: '0755'}, context),
  )
  return {already: written.every(Boolean)}
}
