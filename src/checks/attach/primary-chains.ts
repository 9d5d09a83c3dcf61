import type {Probe} from '../../steps/check-request.ts'
import type {Json} from '../../steps/object.ts'
import {readHeads} from '../head-output.ts'
import {at, textAt} from '../json-path.ts'
import {confDirectory} from '../multus-order-faults.ts'
import {parseObject} from '../network-config.ts'

/**
 * A folder of plugins that thick Multus runs for every pod after the primary CNI (multus v4.3.0). `auxiliary`: the one that `auxiliaryCNIChainName` names;
 * its plugins follow `passthru`, which gives no interface, and so IFNAME is none of the pod's (pkg/multus/multus.go, CmdAdd and getIfname). `primary`: the one
 * with the name of the primary CNI's network, whose plugins join that network's own and get its interface (pkg/k8sclient, loadSubdirectoryChain).
 */
export interface PrimaryChain {
  readonly kind: 'auxiliary' | 'primary'
  readonly folder: string
  /** In the order in which they run. */
  readonly files: readonly ChainFile[]
}

export interface ChainFile {
  readonly path: string
  readonly config: Json
  readonly type: string
  /** Why libcni cannot read it; then `config` is null and `type` is empty. */
  readonly fault?: string
}

/** The look at a node that `readPrimaryChains` understands: Multus' file, the primary CNI's, and those of all folders beside them. */
export function primaryChainsProbe(node: string): Probe {
  const named = ['(', '-name', '*.conf', '-o', '-name', '*.conflist', ')']
  const print = ['-exec', 'head', '-v', '-c', '65536', '{}', '+']
  return {type: 'node', node, argv: ['find', confDirectory, '-maxdepth', '2', '!', '-type', 'd', ...named, ...print]}
}

/** The folders that Multus is told of, those without any plugin too; undefined where its configuration cannot be read. Thin Multus is told of none. */
export function readPrimaryChains(heads: string): readonly PrimaryChain[] | undefined {
  const texts = readHeads(heads)
  const own = ['00-multus.conf', '00-multus.conflist'].map((file) => texts.get(`${confDirectory}/${file}`))
  const multus = objectOf(own.find((text) => text !== undefined))
  if (multus === undefined) return undefined
  // A path inside the daemon, below where it mounts the node's folder.
  const primaryPath = keyOf(multus, 'clusterNetwork') ?? ''
  const primary = objectOf(texts.get(`${confDirectory}/${primaryPath.split('/').at(-1) ?? ''}`))
  const isList = primaryPath.endsWith('.conflist') && !onlyInlined(primary)
  return [
    ...chainOf('primary', isList ? textAt(primary, 'name') : undefined, texts),
    ...chainOf('auxiliary', keyOf(multus, 'auxiliaryCNIChainName'), texts),
  ]
}

function chainOf(
  kind: PrimaryChain['kind'],
  name: string | undefined,
  texts: ReadonlyMap<string, string>,
): readonly PrimaryChain[] {
  if (name === undefined || name === '') return []
  const folder = `${confDirectory}/${name}`
  // libcni takes .conf alone, by the names' order (v1.3.0, NetworkPluginConfsFromFiles).
  const paths = [...texts.keys()].filter((path) => path.startsWith(`${folder}/`) && path.endsWith('.conf')).toSorted()
  return [{kind, folder, files: paths.map((path) => chainFile(path, texts.get(path) ?? ''))}]
}

function chainFile(path: string, text: string): ChainFile {
  const parsed = parseObject(text)
  if ('fault' in parsed) return {path, config: null, type: '', fault: parsed.fault}
  const type = textAt(parsed.value, 'type') ?? ''
  return type === '' ? {path, config: null, type, fault: 'it has no "type"'} : {path, config: parsed.value, type}
}

/** Of Multus' configuration, which is one plugin or a list of one. */
function keyOf(multus: Json, key: string): string | undefined {
  return textAt(multus, key) ?? textAt(multus, 'plugins', 0, key)
}

/** libcni takes the word for the value, too. */
function onlyInlined(primary: Json | undefined): boolean {
  const value = at(primary, 'loadOnlyInlinedPlugins')
  return value === true || (typeof value === 'string' && value.toLowerCase() === 'true')
}

function objectOf(text: string | undefined): Json | undefined {
  const parsed = parseObject(text ?? '')
  return 'fault' in parsed ? undefined : parsed.value
}
