import type {Tree, TreeEntry} from '../../tree.ts'
import {firstInk, lineEnd, readLiteral} from './block-scalar.ts'
import {FlowReader} from './yaml-flow.ts'
import {plainLeaf} from './plain.ts'
import {readQuoted} from './quoted.ts'
import {Unread} from './unread.ts'
import {isItem, keyEnd, plainEnd, readKey} from './yaml-lines.ts'

/**
 * Reads the part of YAML that Kubernetes manifests are written in: block maps and lists, plain, quoted and literal scalars, flow
 * collections on one line. It exists because it is about twenty times as fast as a whole YAML reader, and because it reads quoted texts whose
 * continuation lines stand too far left, as kubectl does and YAML 1.2 forbids (facts: eemeli/yaml #176). Undefined for all else:
 * anchors, tags, folded scalars, keys given twice, tabs, anything doubtful. Where it reads, it reads what YAML's reader reads (a test compares them).
 */
export function readYamlBlocks(text: string, start: number, limit: number): Tree | undefined {
  try {
    return new BlockReader(text, limit).document(start)
  } catch (error) {
    if (error instanceof Unread) return undefined
    throw error
  }
}

class BlockReader {
  /** Start of the line that is read next. */
  private line = 0
  /** First character of that line that counts. */
  private ink = 0
  private depth = 0
  private readonly flow: FlowReader

  constructor(
    private readonly text: string,
    private readonly limit: number,
  ) {
    this.flow = new FlowReader(text)
  }

  document(start: number): Tree {
    this.line = start
    if (!this.findInk()) return {kind: 'value', value: null, start, end: start}
    if (!this.opensBlock()) throw new Unread()
    const tree = this.block(this.ink - this.line)
    if (this.findInk()) throw new Unread()
    return tree
  }

  /** Goes to the next line that is neither empty nor a comment; false at the end. */
  private findInk(): boolean {
    while (this.line < this.limit) {
      const stop = lineEnd(this.text, this.line, this.limit)
      const first = firstInk(this.text, this.line, stop)
      const character = this.text[first]
      if (character === '\t') throw new Unread()
      if (first < stop && character !== '#' && !(character === '\r' && first + 1 === stop)) {
        this.ink = first
        return true
      }
      this.line = stop + 1
    }
    return false
  }

  private block(column: number): Tree {
    this.depth += 1
    if (this.depth > 100) throw new Unread()
    const tree = isItem(this.text, this.ink, this.limit) ? this.list(column) : this.map(column)
    this.depth -= 1
    return tree
  }

  private list(column: number): Tree {
    const start = this.ink
    const items: Tree[] = []
    let end = start
    // The first item of a list in a list stands behind a dash, and the first key of a map may too; the others begin their lines.
    while (this.line < this.limit && this.ink - this.line === column && isItem(this.text, this.ink, this.limit)) {
      const stop = this.stop()
      const content = firstInk(this.text, this.ink + 1, stop)
      if (content >= stop || this.text[content] === '#') {
        items.push(this.below(column, this.ink + 1))
      } else if (isItem(this.text, content, this.limit) || keyEnd(this.text, content, stop) >= 0) {
        this.ink = content
        items.push(this.block(content - this.line))
      } else items.push(this.inline(content, stop, column))
      end = items.at(-1)?.end ?? end
      if (!this.findInk()) break
    }
    if (this.line < this.limit && this.ink - this.line > column) throw new Unread()
    return {kind: 'list', items, start, end}
  }

  private map(column: number): Tree {
    const start = this.ink
    const entries: TreeEntry[] = []
    const keys = new Set<string>()
    let end = start
    while (this.line < this.limit && this.ink - this.line === column) {
      const stop = this.stop()
      const colon = keyEnd(this.text, this.ink, stop)
      if (colon < 0) throw new Unread()
      const key = readKey(this.text, this.ink, colon)
      if (keys.has(key.text)) throw new Unread()
      keys.add(key.text)
      const at = {start: this.ink, end: key.end}
      const content = firstInk(this.text, colon + 1, stop)
      const empty = content >= stop || this.text[content] === '#'
      const value = empty ? this.below(column, colon + 1, true) : this.inline(content, stop, column)
      entries.push({key: key.text, at, value})
      end = Math.max(value.end, colon + 1)
      if (!this.findInk()) break
    }
    if (this.line < this.limit && this.ink - this.line > column) throw new Unread()
    return {kind: 'map', entries, start, end}
  }

  /** The value on the lines below, or null. A list may stand at the column of its key. */
  private below(column: number, at: number, listsAlongside = false): Tree {
    this.nextLine()
    const none: Tree = {kind: 'value', value: null, start: at, end: at}
    if (!this.findInk()) return none
    const found = this.ink - this.line
    if (found < column || (found === column && !(listsAlongside && isItem(this.text, this.ink, this.limit))))
      return none
    if (!this.opensBlock()) throw new Unread()
    return this.block(found)
  }

  private opensBlock(): boolean {
    return isItem(this.text, this.ink, this.limit) || keyEnd(this.text, this.ink, this.stop()) >= 0
  }

  /** A value that begins on the line of its key or dash. */
  private inline(at: number, stop: number, column: number): Tree {
    const code = this.text.charCodeAt(at)
    if (code === 124) {
      const scalar = readLiteral(this.text, at, {parent: column, limit: this.limit})
      if (!scalar) throw new Unread()
      this.line = scalar.next
      this.ink = scalar.next
      return scalar.leaf
    }
    if (code === 34 || code === 39) {
      const leaf = readQuoted(this.text, at, {limit: this.limit, deeper: column + 1})
      if (!leaf) throw new Unread()
      return this.closed(leaf)
    }
    if (code === 123 || code === 91) return this.closed(this.flow.read(at, stop))
    return this.plain(at, stop, column)
  }

  /** Behind a quoted or flow value only a comment may follow. */
  private closed(tree: Tree): Tree {
    const stop = lineEnd(this.text, tree.end, this.limit)
    if (!/^[ ]*\r?$|^[ ]+#/.test(this.text.slice(tree.end, stop))) throw new Unread()
    this.line = stop + 1
    this.ink = this.line
    return tree
  }

  private plain(at: number, stop: number, column: number): Tree {
    const value = this.text.slice(at, plainEnd(this.text, at, stop))
    this.nextLine()
    // A deeper line would continue the text.
    if (this.findInk() && this.ink - this.line > column) throw new Unread()
    return plainLeaf(value, at)
  }

  private stop(): number {
    return lineEnd(this.text, this.line, this.limit)
  }

  private nextLine(): void {
    this.line = this.stop() + 1
    this.ink = this.line
  }
}
