import type {Artifact} from '../../steps/artifact.ts'
import {compareVersions} from '../../spec/versions.ts'
import {parseYaml} from '../../yaml.ts'
import {type IndexRow, readRows} from './index-row.ts'

export interface LockOptions {
  /** `os/arch` of this machine: for programs. */
  readonly host: string
  /** `os/arch` of the nodes: for images and for what is copied into nodes. */
  readonly node: string
  /** Version of the kind that will be used: node images of a later release than it are left out (kind #3853). Absent: the lock's own. */
  readonly kind?: string
}

/**
 * The artifacts that manifests/lock.yaml pins, for these platforms. Of each name the default comes first, then the others in the order of the file.
 * Throws an Error when the file is damaged: it is a part of this program.
 */
export function readLock(text: string, options: LockOptions): readonly Artifact[] {
  const parsed = parseYaml(text)
  if ('fault' in parsed) throw new Error(`manifests/lock.yaml line ${parsed.fault.line}: ${parsed.fault.message}`)
  const {rows, findings} = readRows(parsed.value, 'Lock')
  if (findings.length > 0)
    throw new Error(`manifests/lock.yaml: ${findings.map(({at, message}) => `${at} ${message}`).join('; ')}`)
  const kind = options.kind ?? rows.find((row) => row.name === 'kind' && row.default)?.version ?? 'v0'
  const usable = rows.filter(({minKind}) => minKind === undefined || compareVersions(kind, minKind) >= 0)
  const ordered = [...usable.filter((row) => row.default), ...usable.filter((row) => !row.default)]
  return ordered.map((row) => toArtifact(row, options)).filter((artifact) => artifact !== undefined)
}

/** Undefined for a platform that the project does not publish for. */
function toArtifact(
  {name, type, version, reference, platforms}: IndexRow,
  {host, node}: LockOptions,
): Artifact | undefined {
  if (reference !== undefined)
    return {name, type, version, platform: node, reference, origin: {kind: 'online', source: reference}}
  const platform = type === 'program' ? host : node
  const found = platforms?.[platform] ?? platforms?.['any']
  if (!found) return undefined
  const {source, sha256, member} = found
  return {
    name,
    type,
    version,
    platform,
    sha256,
    origin: {kind: 'online', source, ...(member !== undefined && {member})},
  }
}
