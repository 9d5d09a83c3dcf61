import {dirname} from 'node:path'
import {rehearsalPrefix} from '../../checks/rehearsal/cast.ts'
import {netnsFolder} from '../../checks/rehearsal/cni-call.ts'
import type {Drivers} from '../../drivers/ports.ts'
import {Problem} from '../../problem.ts'
import {asEnd, lookSeconds, type Site} from './site.ts'

export interface Imitation {
  readonly runId: string
  /** Names of the NICs that each node gets; those of one name are on one layer 2. */
  readonly nics: readonly string[]
  /** Folder of the plugins on this machine. */
  readonly plugins: string
  /** Folder for what plugins keep; made and removed here. */
  readonly dataFolder: string
  /** Minutes after which a rehearsal cannot be going on any more. */
  readonly olderThan: number
}

type Host = Pick<Drivers, 'process' | 'files'>

/**
 * Two nodes of network namespaces on this machine, NIC by NIC on one switch that is a third: what a kind cluster's nodes look like to a plugin. The
 * machine's own interfaces, routes and addresses are neither seen nor touched. Calls `work`, and removes all of it in any case. Throws rehearsal-impossible.
 */
export async function withImitatedNodes<T>(
  imitation: Imitation,
  host: Host,
  work: (sites: readonly Site[]) => Promise<T>,
): Promise<T> {
  const names = [1, 2].map((place) => `${rehearsalPrefix}-${imitation.runId}-node${place}`)
  const spaces = [`${rehearsalPrefix}-${imitation.runId}-switch`, ...names]
  await sweep(imitation, host)
  try {
    await mustBatch(
      host,
      [],
      spaces.map((name) => `netns add ${name}`),
    )
    await mustBatch(host, ['-n', spaces[0] ?? ''], switchLines(imitation.nics, names))
    for (const [index, name] of names.entries())
      await mustBatch(host, ['-n', name], nodeLines(imitation.nics, index + 1))
    return await work(names.map((name, index) => imitatedSite({name, place: index + 1}, imitation, host)))
  } finally {
    await batch(
      host,
      ['-force'],
      spaces.map((name) => `netns delete ${name}`),
    )
    await host.files.remove(imitation.dataFolder)
  }
}

/** What a run left that was killed: all namespaces of that name here are of imitated nodes and their pods. */
async function sweep({dataFolder, olderThan}: Imitation, host: Host): Promise<void> {
  const old = ['-mindepth', '1', '-maxdepth', '1', '-mmin', `+${olderThan}`]
  const options = {timeoutSeconds: lookSeconds}
  const {stdout} = await asEnd(
    host.process.run(['find', netnsFolder, ...old, '-name', `${rehearsalPrefix}-*`, '-printf', '%f\\n'], options),
  )
  const lines = stdout.split('\n').flatMap((name) => (name === '' ? [] : [`netns delete ${name}`]))
  if (lines.length > 0) await batch(host, ['-force'], lines)
  const remove = ['-name', 'rehearsal-*', '-exec', 'rm', '-rf', '{}', '+']
  await asEnd(host.process.run(['find', dirname(dataFolder), ...old, ...remove], options))
}

function imitatedSite(
  {name, place}: {readonly name: string; readonly place: number},
  {plugins, dataFolder}: Imitation,
  {process}: Host,
): Site {
  return {
    node: `imitated-node-${place}`,
    plugins,
    dataFolder: `${dataFolder}/node${place}`,
    run: (argv, {env, stdin, seconds = lookSeconds} = {}) =>
      asEnd(
        process.run(['nsenter', `--net=${netnsFolder}/${name}`, '--', ...argv], {
          timeoutSeconds: seconds,
          ...(env && {env}),
          ...(stdin !== undefined && {stdin}),
        }),
      ),
  }
}

/** A bridge for each NIC's name, and a cable from it to each node. */
function switchLines(nics: readonly string[], nodes: readonly string[]): readonly string[] {
  return nics.flatMap((nic, number) => [
    `link add name switch${number} type bridge`,
    `link set dev switch${number} up`,
    ...nodes.flatMap((node, index) => [
      `link add name port${number}-${index} type veth peer name ${nic} netns ${node}`,
      `link set dev port${number}-${index} master switch${number} up`,
    ]),
  ])
}

/** Addresses of the block for tests of devices (RFC 2544); the first NIC has the default route, as on a node. */
function nodeLines(nics: readonly string[], place: number): readonly string[] {
  return [
    'link set dev lo up',
    ...nics.flatMap((nic, number) => [`link set dev ${nic} up`, `addr add 198.18.${number}.${place}/24 dev ${nic}`]),
    `route add default via 198.18.0.254 dev ${nics[0] ?? 'lo'}`,
  ]
}

async function mustBatch(host: Host, options: readonly string[], lines: readonly string[]): Promise<void> {
  const {exitCode, stderr} = await batch(host, options, lines)
  if (exitCode === 0) return
  throw new Problem('rehearsal-impossible', {
    message: 'Nodes cannot be imitated on this machine',
    cause: stderr.trim(),
    suggestions: ['It takes root and Linux: try it as root, or leave --host out to rehearse on the nodes of a cluster'],
  })
}

function batch({process}: Host, options: readonly string[], lines: readonly string[]) {
  return asEnd(
    process.run(['ip', ...options, '-batch', '-'], {stdin: `${lines.join('\n')}\n`, timeoutSeconds: lookSeconds}),
  )
}
