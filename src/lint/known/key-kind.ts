/** What a key may hold. `from`/`to` are inclusive. */
export type KeyKind =
  | 'text'
  | 'number'
  | 'boolean'
  | 'map'
  | 'list'
  | 'any'
  | {readonly oneOf: readonly string[]}
  | {readonly from: number; readonly to: number}

/** Keys that any plugin may have (CNI specification 1.1, libcni, Multus). */
export const commonKeys: Readonly<Record<string, KeyKind>> = {
  cniVersion: 'text',
  cniVersions: 'list',
  name: 'text',
  type: 'text',
  ipam: 'map',
  dns: 'map',
  capabilities: 'map',
  args: 'map',
  runtimeConfig: 'map',
  prevResult: 'map',
  disableCheck: 'boolean',
  disableGC: 'boolean',
  loadOnlyInlinedPlugins: 'boolean',
}

/** Keys of a configuration that has `plugins`. */
export const listKeys: Readonly<Record<string, KeyKind>> = {...commonKeys, plugins: 'list'}
