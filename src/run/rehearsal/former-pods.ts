import {formerPod, troupePrefix} from '../../checks/rehearsal/cast.ts'
import type {Chain} from '../../checks/rehearsal/chain.ts'
import {netnsFolder} from '../../checks/rehearsal/cni-call.ts'
import {deleteAll} from './attach.ts'
import type {Site} from './site.ts'

export interface Former {
  readonly name: string
  readonly namespace: string
  readonly chain: Chain
  /** Minutes after which a rehearsal cannot be going on any more. */
  readonly olderThan: number
}

/** Takes back what a rehearsal of the same network left that was killed: DEL for each of its pods, then their namespaces. */
export async function sweepFormer(site: Site, {chain, olderThan, ...network}: Former): Promise<void> {
  // Six characters of a run's id: without them `data` would find the pods of `data-2` too.
  const name = `${troupePrefix(network)}-??????-[ab]*`
  const argv = ['find', netnsFolder, '-maxdepth', '1', '-name', name, '-mmin', `+${olderThan}`, '-printf', '%f\\n']
  const {stdout} = await site.run(argv)
  const spaces = stdout.split('\n').filter((line) => line !== '')
  if (spaces.length === 0) return
  const pods = spaces.map((netns) => formerPod(netns, {namespace: network.namespace, node: site.node}))
  await Promise.all(pods.map((pod) => deleteAll({site, chain, pod}, undefined)))
  await site.run(['ip', '-force', '-batch', '-'], {stdin: spaces.map((netns) => `netns delete ${netns}\n`).join('')})
}

/** The minutes within which a rehearsal of so many seconds is over, with the time to take all of it back. */
export function minutesOver(seconds: number): number {
  return Math.ceil(seconds / 60) + 1
}
