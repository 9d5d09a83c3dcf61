import type {Tree, TreeMap} from '../../tree.ts'
import {readYamlTree} from '../../yaml-tree.ts'
import {listAt, textAt} from '../tree-access.ts'
import {readJson} from './json.ts'
import {readYamlBlocks} from './yaml-blocks.ts'

/** What could be read of a text, and where reading ended. */
export interface Documents {
  /** Objects; those of a `List` one by one. */
  readonly objects: readonly TreeMap[]
  readonly faults: readonly {readonly message: string; readonly offset: number}[]
}

/** The objects of a text of YAML or JSON documents. A document that cannot be read hides none of the others. Never throws. */
export function readDocuments(text: string): Documents {
  const objects: TreeMap[] = []
  const faults: {message: string; offset: number}[] = []
  for (const {start, end} of splitDocuments(text)) {
    const read = readDocument(text, start, end)
    if ('fault' in read) faults.push(read.fault)
    else objects.push(...objectsOf(read.tree))
  }
  return {objects, faults}
}

function readDocument(text: string, start: number, end: number): ReturnType<typeof readYamlTree> {
  const first = /\S/.exec(text.slice(start, end))?.[0]
  if (first === '{' || first === '[') {
    const {tree, faults} = readJson(text.slice(start, end), (offset) => start + offset)
    const [fault] = faults
    if (tree && !fault) return {tree}
    const whole = readYamlTree(text, start, end)
    return 'tree' in whole || !fault ? whole : {fault: {message: fault.message, offset: fault.start}}
  }
  const quick = readYamlBlocks(text, start, end)
  return quick ? {tree: quick} : readYamlTree(text, start, end)
}

/** What stands between lines that begin with `---`; in YAML such a line ends a document wherever it stands (YAML 1.2, 9.1.2). */
function splitDocuments(text: string): readonly {readonly start: number; readonly end: number}[] {
  const documents: {start: number; end: number}[] = []
  const mark = /^(?:---|\.\.\.)(?=[ \t\r\n]|$)[ \t]*(?:#[^\n]*)?/gm
  let start = text.charCodeAt(0) === 0xfe_ff ? 1 : 0
  const add = (end: number) => {
    // Comments and directives alone are no document.
    if (/^(?![ \t]*(?:[#%]|\r?$))/m.test(text.slice(start, end))) documents.push({start, end})
  }
  for (let match = mark.exec(text); match; match = mark.exec(text)) {
    add(match.index)
    start = mark.lastIndex
    // What follows the mark on its line belongs to the document, such as `--- {…}`.
    if (text[start] === '\r') start += 1
    if (text[start] === '\n') start += 1
  }
  add(text.length)
  return documents
}

function objectsOf(tree: Tree): readonly TreeMap[] {
  if (tree.kind !== 'map') return []
  const items = textAt(tree, 'kind')?.endsWith('List') ? listAt(tree, 'items') : undefined
  return items ? items.items.flatMap(objectsOf) : [tree]
}
