import type {Json} from '../../steps/object.ts'
import {parseYaml, parseYamlStream} from '../../yaml.ts'
import {at, listAt, textAt} from '../json-path.ts'

/** A network that somebody wrote down. */
export interface WrittenNetwork {
  readonly name: string
  /** Absent where the text does not say. */
  readonly namespace?: string
  /** `spec.config` as text; empty where the nodes are to have a file of that name. */
  readonly config: string
}

/**
 * The networks of a text: NetworkAttachmentDefinitions among any other objects, YAML or JSON, one or many, in lists too; or a bare CNI configuration,
 * which then has the name `fallback`. `fault` says why there are none. Never throws.
 */
export function readNetworkFile(
  text: string,
  fallback: string,
): {readonly networks: readonly WrittenNetwork[]} | {readonly fault: string} {
  const documents = parseDocuments(text)
  if ('fault' in documents) return documents
  const objects = documents.values.flatMap((value) =>
    textAt(value, 'kind')?.endsWith('List') ? listAt(value, 'items') : [value],
  )
  const definitions = objects.filter((one) => textAt(one, 'kind') === 'NetworkAttachmentDefinition').map(toNetwork)
  if (definitions.length > 0) return {networks: definitions}
  const bare = objects.find((one) => textAt(one, 'type') !== undefined || at(one, 'plugins') !== undefined)
  if (bare !== undefined && objects.length === 1)
    return {
      networks: [{name: textAt(bare, 'name') ?? fallback, config: looksLikeJson(text) ? text : JSON.stringify(bare)}],
    }
  return {fault: 'it holds neither a NetworkAttachmentDefinition nor a CNI configuration with "type" or "plugins"'}
}

function toNetwork(object: Json): WrittenNetwork {
  const namespace = textAt(object, 'metadata', 'namespace')
  return {
    name: textAt(object, 'metadata', 'name') ?? '',
    config: (textAt(object, 'spec', 'config') ?? '').trim(),
    ...(namespace !== undefined && {namespace}),
  }
}

function parseDocuments(text: string): {readonly values: readonly Json[]} | {readonly fault: string} {
  const mended = indentQuotedConfigs(text)
  try {
    return {values: parseYamlStream(mended) as readonly Json[]}
  } catch (error) {
    // A bare configuration that is not JSON either: its own fault is for the judge of configurations to explain.
    if (looksLikeJson(text) && !/^\s*kind\s*:/m.test(text)) return {values: [{type: 'unreadable'}]}
    const parsed = parseYaml(mended)
    const where =
      'fault' in parsed
        ? `line ${parsed.fault.line}, column ${parsed.fault.column}: ${parsed.fault.message}`
        : String(error)
    return {fault: `it is neither YAML nor JSON: ${where}`}
  }
}

/**
 * Guides write `config: '{` and end with `}'` below the key: YAML 1.2 asks that such lines stand further in than the key, and kubectl's parser does not.
 * They are moved in, which changes nothing of a quoted text but its spaces.
 */
function indentQuotedConfigs(text: string): string {
  let margin: string | undefined
  const lines = text.split('\n').map((line) => {
    if (margin !== undefined) {
      const inner = `${margin}  ${line.trimStart()}`
      if (/'\s*$/.test(line)) margin = undefined
      return inner
    }
    const [, spaces] = /^(\s*)config:\s*'[^']*$/.exec(line) ?? []
    margin = spaces
    return line
  })
  return lines.join('\n')
}

function looksLikeJson(text: string): boolean {
  return text.trimStart().startsWith('{')
}
