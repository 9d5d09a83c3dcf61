import type {Json} from '../../steps/object.ts'
import {at, listAt, textAt} from '../json-path.ts'
import {type NetworkConfig, parseNetworkConfig} from '../network-config.ts'

export type JsonObject = {readonly [key: string]: Json}

/** The plugins of a network in the order of ADD, each with the configuration that it reads. */
export interface Chain {
  readonly name: string
  /** Absent where the configuration has none: plugins take that for 0.1.0. */
  readonly cniVersion?: string
  /** Whether a runtime would ask it to CHECK: from CNI 0.4.0 on, unless the list says no (CNI specification 1.1.0). */
  readonly checks: boolean
  readonly plugins: readonly JsonObject[]
  readonly config: NetworkConfig
}

/** The chain of a configuration as Multus and libcni 1.3 read it: a network without a name takes that of its definition. `fault` says why they could not. */
export function readChain(text: string, network: string): Chain | {readonly fault: string} {
  const config = parseNetworkConfig(text)
  if ('fault' in config) return config
  const whole = JSON.parse(text) as JsonObject
  const cniVersion = textAt(whole, 'cniVersion')
  const isList = at(whole, 'plugins') !== undefined
  return {
    name: config.name ?? network,
    ...(cniVersion !== undefined && {cniVersion}),
    checks: knowsCheck(cniVersion) && at(whole, 'disableCheck') !== true,
    plugins: isList ? (listAt(whole, 'plugins') as readonly JsonObject[]) : [whole],
    config,
  }
}

/**
 * The plugin with its data (leases, old settings) in another folder, so that a rehearsal on a machine that is no node leaves its own /var/lib/cni and
 * /run/cni alone. host-local and tuning are those that keep data (plugins v1.9.1).
 */
export function keepDataIn(plugin: JsonObject, folder: string): JsonObject {
  const ipam = at(plugin, 'ipam')
  return {
    ...plugin,
    ...(textAt(ipam, 'type') === 'host-local' && {ipam: {...(ipam as JsonObject), dataDir: `${folder}/networks`}}),
    ...(textAt(plugin, 'type') === 'tuning' && {dataDir: `${folder}/tuning`}),
  }
}

/** The folders in which host-local keeps the leases of a network: one of its name below `dataDir` (plugins v1.9.1). */
export function hostLocalFolders({name, plugins}: Chain): readonly string[] {
  // What plugins allow as a name (CNI specification 1.1.0): anything else makes no folder, and must not become a path.
  if (!/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(name)) return []
  return plugins.flatMap((plugin) =>
    textAt(plugin, 'ipam', 'type') === 'host-local'
      ? [`${textAt(plugin, 'ipam', 'dataDir') ?? '/var/lib/cni/networks'}/${name}`]
      : [],
  )
}

function knowsCheck(version = '0.1.0'): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > 0 || minor >= 4
}
