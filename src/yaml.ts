import {type Document, parseAllDocuments, parseDocument} from 'yaml'

/** Why a text is not YAML, and where (1-based line and column). */
export interface YamlFault {
  readonly message: string
  readonly line: number
  readonly column: number
}

export type YamlDocument = Document

/** The value of a one-document text, or what is wrong with it. Never throws. */
export function parseYaml(text: string): {readonly value: unknown} | {readonly fault: YamlFault} {
  const document = parseDocument(text, {prettyErrors: true})
  const fault = faultOf(document)
  return fault ? {fault} : {value: document.toJS() as unknown}
}

/** The values of all documents of a text; empty documents are left out. Throws the first fault as an Error: for files of ours. */
export function parseYamlStream(text: string): readonly unknown[] {
  const documents = parseAllDocuments(text)
  if ('empty' in documents) return []
  return documents
    .map((document) => {
      const fault = faultOf(document)
      if (fault) throw new Error(`${fault.message} (line ${fault.line})`)
      return document.toJS() as unknown
    })
    .filter((value) => value !== null)
}

/** A document that keeps comments and order when edited and written back with `String(document)`. */
export function parseYamlDocument(text: string): YamlDocument {
  return parseDocument(text)
}

function faultOf(document: {
  readonly errors: readonly {message: string; linePos?: readonly {line: number; col: number}[]}[]
}): YamlFault | undefined {
  const error = document.errors[0]
  if (!error) return undefined
  const at = error.linePos?.[0]
  return {message: error.message.split('\n')[0] ?? error.message, line: at?.line ?? 1, column: at?.col ?? 1}
}
