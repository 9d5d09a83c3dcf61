import type {Chain} from '../../checks/rehearsal/chain.ts'
import type {RehearsedPod} from '../../checks/rehearsal/cni-call.ts'
import {at, textAt} from '../../checks/json-path.ts'
import {readAddressesOf, readNames} from '../../checks/rehearsal/read-output.ts'
import type {Site} from './site.ts'

/** A chain and the pods that it is tried for. */
export interface Troupe {
  readonly chain: Chain
  readonly pods: readonly RehearsedPod[]
}

/** Makes the namespaces of the pods; gives the links that the site had before, or why it cannot be tried there. */
export async function openNamespaces(
  site: Site,
  {chain, pods}: Troupe,
): Promise<{readonly links: readonly string[]} | {readonly fault: string}> {
  const lines = ['addr show', ...pods.map(({netns}) => `netns add ${netns}`)]
  const {exitCode, stdout, stderr} = await site.run(['ip', '-j', '-batch', '-'], {stdin: `${lines.join('\n')}\n`})
  if (exitCode !== 0) return {fault: `no namespace can be made on ${site.node}: ${stderr.trim().split('\n').at(-1)}`}
  // The plugin takes the device away with its addresses, and gives it back without them.
  const device = chain.plugins.map((plugin) => textAt(plugin, 'type') === 'host-device' && textAt(plugin, 'device')).find(Boolean)
  const addresses = device ? readAddressesOf(stdout, device) : []
  if (addresses.length > 0)
    return {fault: `${device} carries ${addresses.join(' ')} of ${site.node}: a pod takes the device away and the node loses them, so it is not tried`}
  return {links: readNames(stdout, 'ifname')}
}

/**
 * Removes the namespaces, and the bridge where there was none before: the plugin makes it and never takes it away (plugins v1.9.1). Gives the names of
 * what is still there: interfaces, namespaces, files that carry a lease.
 */
export async function closeNamespaces(
  site: Site,
  {before, ...troupe}: Troupe & {readonly before: readonly string[]},
): Promise<readonly string[]> {
  const {chain, pods} = troupe
  const lines = [...pods.map(({netns}) => `netns delete ${netns}`), 'link show', 'netns list']
  const [{stdout}, leases] = await Promise.all([
    // `-force` goes on behind a namespace that was never made.
    site.run(['ip', '-force', '-j', '-batch', '-'], {stdin: `${lines.join('\n')}\n`}),
    findLeases(site, troupe),
  ])
  const links = readNames(stdout, 'ifname')
  const spaces = readNames(stdout, 'name')
  const bridges = bridgesOf(chain).filter((name) => links.includes(name) && !before.includes(name))
  const left = pods.map(({netns}) => netns).filter((name) => spaces.includes(name))
  return [...(await removeBridges(site, bridges)), ...left, ...leases]
}

/** Files below the folders where plugins keep leases and results that name one of the pods. */
async function findLeases(site: Site, {chain, pods}: Troupe): Promise<readonly string[]> {
  const own = chain.plugins.flatMap((plugin) => textAt(plugin, 'ipam', 'dataDir') ?? [])
  const folders = site.dataFolder === undefined ? [...new Set(['/run/cni', '/var/lib/cni', ...own])] : [site.dataFolder]
  const words = pods.flatMap(({containerId}) => ['-e', containerId])
  const {stdout} = await site.run(['grep', '-rlsF', ...words, ...folders])
  return stdout.split('\n').filter((line) => line !== '')
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
