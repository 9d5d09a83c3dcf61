import {type Chain, type JsonObject, keepDataIn} from '../../checks/rehearsal/chain.ts'
import {type CniCommand, cniCall, netnsFolder, type RehearsedPod} from '../../checks/rehearsal/cni-call.ts'
import {jsonLines, readCall, readInside} from '../../checks/rehearsal/read-output.ts'
import type {CallSeen, InsideSeen} from '../../checks/rehearsal/seen-rehearsal.ts'
import type {Site} from './site.ts'

/** Seconds for one call of one plugin. whereabouts elects a leader among the nodes before it answers, and a DHCP server may be asked several times. */
const callSeconds = 30

export interface Player {
  readonly site: Site
  readonly chain: Chain
  readonly pod: RehearsedPod
}

/** ADD of every plugin in order, each with the result of the one before; ends at the first that fails. */
export async function addAll(player: Player): Promise<readonly CallSeen[]> {
  const calls: CallSeen[] = []
  for (const plugin of player.chain.plugins) {
    const call = await callPlugin('ADD', plugin, player, calls.at(-1)?.result)
    calls.push(call)
    if (call.error !== undefined) break
  }
  return calls
}

/** CHECK of every plugin in order, each with the result of the whole chain; ends at the first that fails. */
export async function checkAll(player: Player, result: JsonObject | undefined): Promise<readonly CallSeen[]> {
  const calls: CallSeen[] = []
  for (const plugin of player.chain.checks ? player.chain.plugins : []) {
    const call = await callPlugin('CHECK', plugin, player, result)
    calls.push(call)
    if (call.error !== undefined) break
  }
  return calls
}

/** DEL of every plugin, the last one first, whatever the others say. */
export async function deleteAll(player: Player, result: JsonObject | undefined): Promise<readonly CallSeen[]> {
  const calls: CallSeen[] = []
  // libcni hands DEL a result from CNI 0.4.0 on, as it does for CHECK.
  const previous = player.chain.checks ? result : undefined
  for (const plugin of player.chain.plugins.toReversed()) calls.push(await callPlugin('DEL', plugin, player, previous))
  return calls
}

/** What is in the namespace of each pod, in their order. */
export async function lookInside(
  site: Site,
  pods: readonly RehearsedPod[],
): Promise<readonly (InsideSeen | undefined)[]> {
  // One program for all of it: starting one in a node takes longer than what it does.
  const lines = pods.flatMap(({netns}) => [
    `netns exec ${netns} ip -j addr`,
    `netns exec ${netns} ip -j route show table all`,
  ])
  const {stdout} = await site.run(['ip', '-batch', '-'], {stdin: `${lines.join('\n')}\n`})
  const looks = jsonLines(stdout)
  return pods.map((pod, index) => readInside(looks.slice(2 * index, 2 * index + 2), pod.interface))
}

/** Tries a closed port of another pod: its kernel refuses, which only somebody who was reached can do. Needs no program on the other side. */
export async function reachOut(
  {site, pod}: Pick<Player, 'site' | 'pod'>,
  {address, source}: {readonly address: string; readonly source: string},
): Promise<{readonly outcome: 'reached' | 'dead' | 'unknown'; readonly words: string}> {
  const host = address.includes(':') ? `[${address}]` : address
  const {exitCode, stderr} = await site.run([
    'nsenter',
    `--net=${netnsFolder}/${pod.netns}`,
    'curl',
    '--verbose',
    '--noproxy',
    '*',
    '--connect-timeout',
    '2',
    '--max-time',
    '3',
    // A route of the plugin sbr counts for this source only.
    '--interface',
    source,
    `http://${host}:9/`,
  ])
  if (/refused/i.test(stderr) || exitCode === 0) return {outcome: 'reached', words: ''}
  if (exitCode === 126 || exitCode === 127)
    return {outcome: 'unknown', words: `there is no curl on ${site.node} to try it with`}
  return {outcome: 'dead', words: stderr.trim().split('\n').at(-1) ?? ''}
}

async function callPlugin(
  command: CniCommand,
  plugin: JsonObject,
  {site, chain, pod}: Player,
  previous: JsonObject | undefined,
): Promise<CallSeen> {
  const kept = site.dataFolder === undefined ? plugin : keepDataIn(plugin, site.dataFolder)
  const call = cniCall(command, kept, {chain, pod, folder: site.plugins, ...(previous && {previous})})
  const program = `${site.plugins}/${call.plugin}`
  return readCall(call, await site.run([program], {env: call.env, stdin: call.stdin, seconds: callSeconds}))
}
