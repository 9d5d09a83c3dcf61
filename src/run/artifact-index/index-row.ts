import type {Finding} from '../../problem.ts'
import {type ArtifactName, artifactNames, type ArtifactType} from '../../steps/artifact.ts'

/** One artifact as `bundle.yaml` or `lock.yaml` writes it; fields that are only in one of them are optional. */
export interface IndexRow {
  readonly name: ArtifactName
  readonly type: ArtifactType
  readonly version: string
  readonly reference?: string
  readonly imageId?: string
  /** In a bundle, of a warm node image: hex SHA-256 of what is in it. */
  readonly contentsHash?: string
  /** In a bundle: path below its folder. */
  readonly file?: string
  readonly sha256?: string
  /** Bytes. */
  readonly size?: number
  /** In the lock: where the file is for each `os/arch`, or for `any`. */
  readonly platforms?: Readonly<Record<string, LockSource>>
  readonly default?: boolean
  /** In the lock, of a node image: the release of kind that published it. */
  readonly minKind?: string
}

export interface LockSource {
  readonly source: string
  readonly sha256: string
  readonly member?: string
}

/** The rows of a parsed index and everything that is wrong with it. Artifacts of a name that this release does not know are left out: an index may be newer. */
export function readRows(
  index: unknown,
  kind: 'Bundle' | 'Lock',
): {readonly rows: readonly IndexRow[]; readonly findings: readonly Finding[]} {
  if (!isMap(index)) return {rows: [], findings: [{at: 'the file', message: 'is not a map'}]}
  const findings = [
    ...expect(index['apiVersion'] === 'k8s-local/v1', 'apiVersion', 'must be k8s-local/v1'),
    ...expect(index['kind'] === kind, 'kind', `must be ${kind}`),
    ...expect(Array.isArray(index['artifacts']), 'artifacts', 'must be a list'),
  ]
  const rows: IndexRow[] = []
  for (const [place, row] of (Array.isArray(index['artifacts']) ? index['artifacts'] : []).entries()) {
    const at = `artifacts[${place}]${isMap(row) && typeof row['name'] === 'string' ? ` (${row['name']})` : ''}`
    const faults = isMap(row) ? faultsOf(row, at) : [{at, message: 'is not a map'}]
    findings.push(...faults)
    if (faults.length === 0 && isMap(row) && isKnown(row['name'])) rows.push(row as unknown as IndexRow)
  }
  return {rows, findings}
}

const types: readonly ArtifactType[] = ['program', 'archive', 'chart', 'manifest', 'image', 'node-image']

function faultsOf(row: Readonly<Record<string, unknown>>, at: string): readonly Finding[] {
  const {type, reference} = row
  const isImage = type === 'image' || type === 'node-image'
  return [
    ...expect(isText(row['name']), at, 'name is missing'),
    ...expect(
      types.some((one) => one === type),
      at,
      `type must be one of ${types.join(', ')}`,
    ),
    ...expect(isText(row['version']), at, 'version is missing, or is not text: put it in quotes'),
    ...expect(!isImage || isText(reference), at, 'an image needs a reference'),
    ...expect(row['sha256'] === undefined || isDigest(row['sha256']), at, 'sha256 must be 64 hexadecimal digits'),
    ...expect(
      row['name'] !== 'warm-node' || isDigest(row['contentsHash']),
      at,
      'contentsHash must be 64 hexadecimal digits',
    ),
    ...expect(row['size'] === undefined || Number.isInteger(row['size']), at, 'size must be a number of bytes'),
    ...Object.entries(isMap(row['platforms']) ? row['platforms'] : {}).flatMap(([platform, source]) =>
      expect(
        isMap(source) && isText(source['source']) && isDigest(source['sha256']),
        `${at} ${platform}`,
        'needs source and sha256',
      ),
    ),
  ]
}

function expect(holds: boolean, at: string, message: string): readonly Finding[] {
  return holds ? [] : [{at, message}]
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}

function isDigest(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
}

function isKnown(name: unknown): boolean {
  return artifactNames.some((one) => one === name)
}
