import {Problem} from '../problem.ts'
import {toYaml} from '../to-yaml.ts'
import {parseYaml, parseYamlDocument, type YamlDocument} from '../yaml.ts'
import type {ClusterSpec} from './cluster-spec.ts'
import {shown} from './field-kinds.ts'
import type {Field, RawInput, RawValue} from './field.ts'
import {clusterSpecFields} from './read-cluster-spec.ts'

/**
 * What a file such as k8s-local.yaml asks for, each value with its line. Keys are not judged here: readClusterSpec names the unknown.
 * Throws `spec-file-unreadable` when the text is not YAML, not a mapping, or of another kind than k8s-local/v1 Cluster.
 */
export function parseSpecFile(text: string, file: string): RawInput {
  const parsed = parseYaml(text)
  if ('fault' in parsed) {
    const {message, line, column} = parsed.fault
    throw new Problem('spec-file-unreadable', {
      message: `${file} is not valid YAML`,
      cause: `line ${line}, column ${column}: ${message}`,
      suggestions: [`Mend line ${line} of ${file}`],
    })
  }
  const value = parsed.value ?? {}
  if (typeof value !== 'object' || Array.isArray(value))
    throw notASpec(file, `it holds ${shown(value)} instead of keys and values`)
  const {apiVersion = header.apiVersion, kind = header.kind, ...keys} = value as Readonly<Record<string, unknown>>
  if (apiVersion !== header.apiVersion)
    throw notASpec(file, `its apiVersion is ${shown(apiVersion)}, not ${header.apiVersion}`)
  if (kind !== header.kind) throw notASpec(file, `its kind is ${shown(kind)}, not ${header.kind}`)
  const lines = keyLines(parseYamlDocument(text), text)
  const place = (key: string): string => `${key} in ${file}, line ${lines.get(key) ?? 1}`
  return Object.fromEntries(
    Object.entries(keys).map(([key, one]): [string, RawValue] => [key, {value: one, from: place(key)}]),
  )
}

/** The text of a file that asks for the same cluster: every key, each with what it means. */
export function specFileText(spec: ClusterSpec): string {
  const keys = Object.entries<Field>(clusterSpecFields).map(([key, field]) => {
    const comment = [field.describe, choiceNames(field)].filter(Boolean).join('. ')
    return `# ${comment}\n${toYaml({[key]: spec[key as keyof ClusterSpec]})}`
  })
  return `# A cluster of k8s-local. Make it with: k8s-local create --file k8s-local.yaml\n${toYaml(header)}\n${keys.join('\n')}`
}

const header = {apiVersion: 'k8s-local/v1', kind: 'Cluster'} as const

function choiceNames({choices}: Field): string {
  return choices ? `One of ${choices.map(({value}) => value).join(', ')}` : ''
}

function notASpec(file: string, why: string): Problem {
  return new Problem('spec-file-unreadable', {
    message: `${file} does not describe a cluster of k8s-local`,
    cause: why,
    suggestions: ['Let the wizard write one: k8s-local create'],
  })
}

/** The 1-based line of every key at the top. */
function keyLines({contents}: YamlDocument, text: string): ReadonlyMap<string, number> {
  const pairs = contents && 'items' in contents ? (contents.items as readonly TopPair[]) : []
  return new Map(pairs.map(({key}) => [String(key.value), text.slice(0, key.range?.[0] ?? 0).split('\n').length]))
}

interface TopPair {
  readonly key: {readonly value: unknown; readonly range?: readonly number[]}
}
