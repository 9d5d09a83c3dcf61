import type {Span, TextLeaf, TreeMap} from '../tree.ts'
import type {Edit} from './scene.ts'

/** A replacement inside a text that stands inside a YAML or JSON text, written as that text's style of quoting asks. */
export function editIn(host: TextLeaf, span: Span, text: string): Edit {
  return {span, text: encode(host, text)}
}

/** A new first member of an object inside `host`, set off from the next as that is from the brace before it. */
export function insertMember(source: string, host: TextLeaf, map: TreeMap, member: string): Edit {
  const [first] = map.entries
  const inside = map.start + 1
  if (!first) return editIn(host, {start: inside, end: inside}, member)
  // The gap is taken as it stands in the file: it need not be encoded again.
  const gap = source.slice(inside, first.at.start)
  const at = first.at.start
  return {span: {start: at, end: at}, text: `${encode(host, `${member},`)}${gap === '' ? ' ' : gap}`}
}

function encode({style}: TextLeaf, text: string): string {
  if (style === 'single') return text.replaceAll("'", "''")
  return style === 'double' ? JSON.stringify(text).slice(1, -1) : text
}
