import type {Probe} from '../steps/check-request.ts'
import type {Json} from '../steps/object.ts'
import {readHeads} from './head-output.ts'
import {listAt, textAt} from './json-path.ts'
import {
  confDirectory,
  leftBehind,
  type MultusOrderFault,
  noConfiguration,
  notFirst,
  primaryGone,
  removeFile,
  restartMultus,
  staleTwin,
} from './multus-order-faults.ts'

export {confDirectory}

const multusFiles = ['00-multus.conf', '00-multus.conflist'] as const

/** What a node's configuration directory holds: file names, and the texts of Multus' and of the primary CNI's files. */
export interface ConfDirectory {
  readonly files: readonly string[]
  readonly texts: Readonly<Record<string, string>>
}

export interface MultusExpectation {
  readonly mode: 'thin' | 'thick'
  /** The primary CNI's file, without its folder; absent for a CNI that we do not know: then the first that is not Multus' own, as Multus chooses it. */
  readonly confFile?: string
}

export type MultusOrder =
  | {readonly status: 'pass'; readonly first: string; readonly delegate: string}
  | MultusOrderFault

/** The two looks at a node that `readConfDirectory` understands. `head` names the files it prints, and goes on after one that is missing. */
export function confDirectoryProbes(
  node: string,
  confFile: string | undefined,
): {readonly files: Probe; readonly texts: Probe} {
  const paths = [...multusFiles, ...(confFile === undefined ? [] : [confFile])].map(
    (file) => `${confDirectory}/${file}`,
  )
  return {
    files: {type: 'node', node, argv: ['ls', '-1A', confDirectory]},
    texts: {type: 'node', node, argv: ['head', '-c', '65536', ...paths]},
  }
}

/** From the output of `ls -1A` and of `head` with several files. */
export function readConfDirectory(listing: string, heads: string): ConfDirectory {
  const files = listing
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length > 0)
  const texts = Object.fromEntries(
    [...readHeads(heads)].map(([path, text]) => [path.split('/').at(-1) ?? '', text] as const),
  )
  return {files, texts}
}

/**
 * Whether the runtime asks Multus first, and Multus then the right CNI. The runtime takes the alphabetically first `.conf`, `.conflist` or
 * `.json` (containerd); Cilium with `cni.exclusive` renames all files but its own to `*.cilium_bak` (cilium PR 24389, multus #972); a
 * `.conf` left from before the primary's cniVersion 1.0.0 sorts before the `.conflist` that is written now.
 */
export function judgeMultusOrder(directory: ConfDirectory, expected: MultusExpectation): MultusOrder {
  const read = directory.files.filter((file) => /\.(conf|conflist|json)$/.test(file)).toSorted()
  const renamed = directory.files.filter((file) => /^00-multus\..*cilium_bak$/.test(file))
  const first = read[0]
  if (first === undefined) return noConfiguration(renamed)
  const twins = multusFiles.filter((file) => read.includes(file))
  if (!first.startsWith('00-multus.')) return notFirst(first, {renamed, own: twins[0]})
  if (twins.length > 1) return staleTwin(twins)
  const confFile = expected.confFile ?? read.find((file) => !file.startsWith('00-multus.'))
  if (confFile === undefined || !read.includes(confFile)) return primaryGone(confFile, read)
  const delegate = judgeDelegate(first, directory, {
    mode: expected.mode,
    confFile,
    isKnown: expected.confFile !== undefined,
  })
  if (delegate.status === 'pass' && renamed.length > 0) return leftBehind(renamed)
  return delegate
}

interface Delegation extends Required<MultusExpectation> {
  /** Somebody could name the file beforehand, so its text was read. */
  readonly isKnown: boolean
}

function judgeDelegate(first: string, directory: ConfDirectory, expected: Delegation): MultusOrder {
  const config = parseJson(directory.texts[first])
  if (config === undefined) {
    return {
      status: 'fail',
      summary: `${first} is empty or not JSON`,
      cause: 'Multus could not read the primary configuration when it wrote its own (multus #1155)',
      fix: restartMultus,
    }
  }
  const plugin = textAt(config, 'type') ?? textAt(config, 'plugins', 0, 'type') ?? '(none)'
  const wanted = expected.mode === 'thin' ? 'multus' : 'multus-shim'
  if (plugin !== wanted) {
    return {
      status: 'fail',
      summary: `${first} calls ${plugin}, and ${expected.mode} Multus is called by ${wanted}`,
      cause: 'the file was left by the other mode of Multus',
      fix: removeFile(first),
    }
  }
  return expected.mode === 'thin' ? judgeThin(first, config, directory, expected) : judgeThick(first, config, expected)
}

function judgeThin(
  first: string,
  config: Json,
  directory: ConfDirectory,
  {confFile, isKnown}: Delegation,
): MultusOrder {
  const delegate = delegateIn(config)
  const primary = parseJson(directory.texts[confFile])
  const names = {delegate: textAt(delegate, 'name') ?? '(none)', primary: textAt(primary, 'name') ?? '(none)'}
  if (delegate !== undefined && !isKnown) return {status: 'pass', first, delegate: names.delegate}
  if (names.delegate !== names.primary) {
    return {
      status: 'fail',
      summary: `${first} hands on to ${names.delegate}, and ${confFile} is ${names.primary}`,
      cause: 'Multus copied another configuration when it started',
      fix: restartMultus,
    }
  }
  if (shapeOf(delegate) !== shapeOf(primary)) {
    return {
      status: 'warn',
      summary: `${first} holds an older copy of ${confFile}`,
      cause: `the copy is ${shapeOf(delegate)}, the file is ${shapeOf(primary)}`,
      fix: restartMultus,
    }
  }
  return {status: 'pass', first, delegate: names.delegate}
}

/** Thin Multus' copy of the primary CNI's configuration, and the configuration itself; undefined what cannot be read, and both where their shapes differ. */
export function readDelegate(
  {texts}: ConfDirectory,
  confFile: string,
): {readonly delegate?: Json | undefined; readonly primary?: Json | undefined} {
  const config = parseJson(multusFiles.map((file) => texts[file]).find((text) => text !== undefined))
  const pair = {delegate: delegateIn(config), primary: parseJson(texts[confFile])}
  return shapeOf(pair.delegate) === shapeOf(pair.primary) ? pair : {}
}

function delegateIn(config: Json | undefined): Json | undefined {
  return listAt(config, 'delegates')[0] ?? listAt(config, 'plugins', 0, 'delegates')[0]
}

function judgeThick(first: string, config: Json, {confFile}: Delegation): MultusOrder {
  const path = textAt(config, 'clusterNetwork') ?? textAt(config, 'plugins', 0, 'clusterNetwork') ?? '(none)'
  const file = path.split('/').at(-1) ?? path
  if (file === confFile) return {status: 'pass', first, delegate: file}
  return {
    status: 'fail',
    summary: `${first} hands on to ${file}, and the primary CNI's file is ${confFile}`,
    cause: 'Multus takes the first file that it finds when it starts (multus #1499)',
    fix: restartMultus,
  }
}

/** The parts of a CNI configuration whose change matters to a copy. */
function shapeOf(config: Json | undefined): string {
  const types = listAt(config, 'plugins').map((plugin) => textAt(plugin, 'type') ?? '?')
  return `${textAt(config, 'cniVersion') ?? 'no cniVersion'} [${types.join(', ')}]`
}

function parseJson(text: string | undefined): Json | undefined {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Json)
  } catch {
    return undefined
  }
}
