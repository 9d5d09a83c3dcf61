import {dirname, join, normalize} from 'node:path'
import type {FileDriver} from '../../drivers/ports.ts'
import {type Finding, Problem} from '../../problem.ts'
import type {Artifact} from '../../steps/artifact.ts'
import {parseYaml} from '../../yaml.ts'
import {type IndexRow, readRows} from './index-row.ts'

export interface BundleOptions {
  /** Absolute path of the folder. */
  readonly folder: string
  /** The platform of the nodes: that of the engine. */
  readonly platform: string
  readonly files: Pick<FileDriver, 'read' | 'list'>
}

/**
 * The artifacts of an offline bundle. Checksums are looked at when a file is used; that every file is there is looked at now, but for warm node images:
 * most commands do without one, and `warm` saves it anew. Throws bundle-invalid with all findings, and bundle-incomplete when files are missing.
 */
export async function readBundle({folder, platform, files}: BundleOptions): Promise<readonly Artifact[]> {
  const path = join(folder, 'bundle.yaml')
  const text = await files.read(path)
  if (text === undefined)
    throw invalid(folder, [{at: path, message: 'does not exist', fix: 'Give the folder that holds bundle.yaml'}])
  const parsed = parseYaml(text)
  if ('fault' in parsed)
    throw invalid(folder, [{at: `${path} line ${parsed.fault.line}`, message: parsed.fault.message}])
  const {rows, findings} = readRows(parsed.value, 'Bundle')
  const bundlePlatform = (parsed.value as {readonly platform?: unknown} | null)?.platform
  const all = [...findings, ...platformFindings(bundlePlatform, platform), ...rows.flatMap(rowFindings)]
  if (all.length > 0) throw invalid(folder, all)
  const missing = await missingFiles(
    folder,
    rows.filter(({name}) => name !== 'warm-node'),
    files,
  )
  if (missing.length > 0) throw incomplete(folder, missing)
  return rows.map((row) => toArtifact(row, folder, platform))
}

function toArtifact(
  {name, type, version, reference, imageId, contentsHash, file = '', sha256, size}: IndexRow,
  folder: string,
  platform: string,
): Artifact {
  return {
    name,
    type,
    version,
    platform,
    ...(sha256 !== undefined && {sha256}),
    ...(size !== undefined && {size}),
    ...(reference !== undefined && {reference}),
    ...(imageId !== undefined && {imageId}),
    ...(contentsHash !== undefined && {contentsHash}),
    origin: {kind: 'bundle', file: join(folder, file)},
  }
}

function platformFindings(found: unknown, wanted: string): readonly Finding[] {
  if (found === wanted) return []
  return [
    {
      at: 'platform',
      message: `is ${String(found)}, and the container engine runs ${wanted}`,
      fix: 'Use a bundle made for this platform',
    },
  ]
}

function rowFindings({name, file, sha256}: IndexRow): readonly Finding[] {
  const outside = file !== undefined && (file.startsWith('/') || normalize(file).startsWith('..'))
  return [
    ...(file === undefined ? [{at: name, message: 'file is missing'}] : []),
    ...(outside ? [{at: name, message: `file ${file} lies outside the bundle`}] : []),
    ...(sha256 === undefined ? [{at: name, message: 'sha256 is missing'}] : []),
  ]
}

async function missingFiles(
  folder: string,
  rows: readonly IndexRow[],
  files: BundleOptions['files'],
): Promise<readonly Finding[]> {
  const folders = [...new Set(rows.map(({file = ''}) => dirname(file)))]
  const listed = await Promise.all(
    folders.map(async (sub) => (await files.list(join(folder, sub))).map((name) => join(sub, name))),
  )
  const there = new Set(listed.flat())
  return rows
    .filter(({file = ''}) => !there.has(normalize(file)))
    .map(({name, file = ''}) => ({at: name, message: `${file} is missing`}))
}

function invalid(folder: string, findings: readonly Finding[]): Problem {
  return new Problem('bundle-invalid', {
    message: `The bundle ${folder} cannot be used`,
    findings,
    suggestions: ['Make it anew, or leave --bundle out to work online'],
  })
}

function incomplete(folder: string, findings: readonly Finding[]): Problem {
  return new Problem('bundle-incomplete', {
    message: `Files of the bundle ${folder} are missing`,
    findings,
    suggestions: ['Make it anew, or copy it again'],
  })
}
