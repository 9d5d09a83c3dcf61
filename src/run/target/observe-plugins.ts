import {inParallel} from '../in-parallel.ts'
import {lookAtNode} from '../node-exec.ts'
import type {TargetLooker} from './target-looker.ts'

/** Names of the plugin binaries that every node has, sorted. */
export async function observePlugins(looker: TargetLooker): Promise<readonly string[]> {
  const perNode = await inParallel(looker.containers, async ({name}) => {
    const {stdout} = await lookAtNode(looker, name, [
      'find',
      '/opt/cni/bin',
      '-maxdepth',
      '1',
      '-perm',
      '-0100',
      '!',
      '-type',
      'd',
      '-printf',
      '%f\n',
    ])
    return new Set(stdout.split('\n').filter((plugin) => plugin !== ''))
  })
  const [first, ...others] = perNode.filter((plugins) => plugins.size > 0)
  return [...(first ?? [])].filter((plugin) => others.every((plugins) => plugins.has(plugin))).toSorted()
}
