import {type Chain, hostLocalFolders} from '../../checks/rehearsal/chain.ts'
import type {RehearsedPod} from '../../checks/rehearsal/cni-call.ts'
import {at, textAt} from '../../checks/json-path.ts'
import {readAddressesOf, readNames} from '../../checks/rehearsal/read-output.ts'
import type {Site} from './site.ts'

/** A chain and the pods that it is tried for. */
export interface Troupe {
  readonly chain: Chain
  readonly pods: readonly RehearsedPod[]
}

/** Names of links, and those folders of leases of the network that there were. */
export interface Before {
  readonly links: readonly string[]
  readonly folders: readonly string[]
}

/** Makes the namespaces of the pods; gives what the site had before, or why it cannot be tried there. */
export async function openNamespaces(site: Site, {chain, pods}: Troupe): Promise<Before | {readonly fault: string}> {
  const lines = ['addr show', ...pods.map(({netns}) => `netns add ${netns}`)]
  const [{exitCode, stdout, stderr}, folders] = await Promise.all([
    site.run(['ip', '-j', '-batch', '-'], {stdin: `${lines.join('\n')}\n`}),
    existing(site, leaseFolders(site, chain)),
  ])
  if (exitCode !== 0) return {fault: `no namespace can be made on ${site.node}: ${stderr.trim().split('\n').at(-1)}`}
  // The plugin takes the device away with its addresses, and gives it back without them.
  const device = chain.plugins
    .map((plugin) => textAt(plugin, 'type') === 'host-device' && textAt(plugin, 'device'))
    .find(Boolean)
  const addresses = device ? readAddressesOf(stdout, device) : []
  if (addresses.length > 0)
    return {
      fault: `${device} carries ${addresses.join(' ')} of ${site.node}: a pod takes the device away and the node loses them, so it is not tried`,
    }
  return {links: readNames(stdout, 'ifname'), folders}
}

/**
 * Removes the namespaces, and the bridge where there was none before: the plugin makes it and never takes it away (plugins v1.9.1). Gives the names of
 * what is still there: interfaces, namespaces, files that carry a lease.
 */
export async function closeNamespaces(
  site: Site,
  {before, ...troupe}: Troupe & {readonly before?: Before},
): Promise<readonly string[]> {
  const {chain, pods} = troupe
  const lines = [...pods.map(({netns}) => `netns delete ${netns}`), 'link show', 'netns list']
  const [{stdout, stderr}, leases] = await Promise.all([
    // `-force` goes on behind a namespace that was never made.
    site.run(['ip', '-force', '-j', '-batch', '-'], {stdin: `${lines.join('\n')}\n`}),
    findLeases(site, troupe),
  ])
  const links = readNames(stdout, 'ifname')
  // Every place has a link lo: where none is shown, nobody has looked.
  if (links.length === 0) return [`whatever was made (nobody could look: ${stderr.trim().split('\n').at(-1)})`]
  const spaces = readNames(stdout, 'name')
  const left = [...pods.map(({netns}) => netns).filter((name) => spaces.includes(name)), ...leases]
  // Nothing was begun: what is there was there before.
  if (!before) return left
  await removeEmpty(
    site,
    leaseFolders(site, chain).filter((folder) => !before.folders.includes(folder)),
  )
  const bridges = bridgesOf(chain).filter((name) => links.includes(name) && !before.links.includes(name))
  return [...(await removeBridges(site, bridges)), ...left]
}

/** Files below the folders where plugins keep leases and results that name one of the pods. */
async function findLeases(site: Site, {chain, pods}: Troupe): Promise<readonly string[]> {
  const own = chain.plugins.flatMap((plugin) => textAt(plugin, 'ipam', 'dataDir') ?? [])
  const folders = site.dataFolder === undefined ? [...new Set(['/run/cni', '/var/lib/cni', ...own])] : [site.dataFolder]
  const words = pods.flatMap(({containerId}) => ['-e', containerId])
  const {stdout} = await site.run(['grep', '-rlsF', ...words, ...folders])
  return stdout.split('\n').filter((line) => line !== '')
}

/** None on a machine that is no node: there the plugins keep everything in a folder of the rehearsal. */
function leaseFolders({dataFolder}: Site, chain: Chain): readonly string[] {
  return dataFolder === undefined ? hostLocalFolders(chain) : []
}

async function existing(site: Site, folders: readonly string[]): Promise<readonly string[]> {
  if (folders.length === 0) return []
  const {stdout} = await site.run(['find', ...folders, '-maxdepth', '0'])
  return stdout.split('\n').filter((line) => line !== '')
}

/** A folder that the rehearsal's own leases made goes with them: where it holds its lock and its last address, and no lease. */
async function removeEmpty(site: Site, folders: readonly string[]): Promise<void> {
  if (folders.length === 0) return
  const own = ['(', '-name', 'lock', '-o', '-name', 'last_reserved_ip.*', ')']
  const {stdout} = await site.run(['find', ...folders, '-type', 'f', '!', ...own])
  if (stdout.trim() === '')
    await site.run(['find', ...folders, '-depth', '(', ...own, '-o', '-type', 'd', ')', '-delete'])
}

/** One that carries ports by now is somebody's: a pod came meanwhile. */
async function removeBridges(site: Site, names: readonly string[]): Promise<readonly string[]> {
  const left = await Promise.all(
    names.map(async (name) => {
      const {stdout} = await site.run(['ip', '-j', 'link', 'show', 'master', name])
      if (readNames(stdout, 'ifname').length > 0) return []
      const {exitCode} = await site.run(['ip', 'link', 'delete', name])
      return exitCode === 0 ? [] : [name]
    }),
  )
  return left.flat()
}

/** `cni0` is the plugin's own default; with a VLAN and a gateway it makes a second interface beside the bridge. */
function bridgesOf({plugins}: Chain): readonly string[] {
  return plugins.flatMap((plugin) => {
    if (textAt(plugin, 'type') !== 'bridge') return []
    const name = textAt(plugin, 'bridge') ?? 'cni0'
    const vlan = at(plugin, 'vlan')
    return typeof vlan === 'number' && vlan > 0 ? [`${name}.${vlan}`, name] : [name]
  })
}
