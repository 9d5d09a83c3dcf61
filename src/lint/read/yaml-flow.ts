import type {Tree, TreeEntry} from '../../tree.ts'
import {plainLeaf} from './plain.ts'
import {readQuoted} from './quoted.ts'
import {Unread} from './unread.ts'

/** Flow collections that end on the line they begin on: `[a, "b"]`, `{name: x}`. @throws Unread for all else */
export class FlowReader {
  private at = 0
  private stop = 0

  constructor(private readonly text: string) {}

  read(at: number, stop: number): Tree {
    this.at = at
    this.stop = stop
    return this.value(0)
  }

  private value(depth: number): Tree {
    if (depth > 50) throw new Unread()
    const character = this.text[this.at]
    if (character === '{') return this.map(depth)
    if (character === '[') return this.list(depth)
    if (character === '"' || character === "'") return this.quoted()
    return this.plain()
  }

  private map(depth: number): Tree {
    const start = this.at
    const entries: TreeEntry[] = []
    this.members('}', () => {
      const key = this.text[this.at] === '"' || this.text[this.at] === "'" ? this.quoted() : this.plain()
      if (key.kind !== 'text' || entries.some((entry) => entry.key === key.value)) throw new Unread()
      this.blanks()
      if (this.text[this.at] !== ':' || this.text[this.at + 1] !== ' ') throw new Unread()
      this.at += 1
      this.blanks()
      entries.push({key: key.value, at: {start: key.start, end: key.end}, value: this.value(depth + 1)})
    })
    return {kind: 'map', entries, start, end: this.at}
  }

  private list(depth: number): Tree {
    const start = this.at
    const items: Tree[] = []
    this.members(']', () => {
      items.push(this.value(depth + 1))
      this.blanks()
      // `[a: b]` is a list of maps.
      if (this.text[this.at] === ':') throw new Unread()
    })
    return {kind: 'list', items, start, end: this.at}
  }

  private members(close: string, member: () => void): void {
    this.at += 1
    for (;;) {
      this.blanks()
      if (this.at >= this.stop) throw new Unread()
      if (this.text[this.at] === close) break
      member()
      this.blanks()
      if (this.text[this.at] === ',') this.at += 1
      else if (this.text[this.at] !== close) throw new Unread()
    }
    this.at += 1
  }

  private quoted(): Tree {
    const leaf = readQuoted(this.text, this.at, {limit: this.stop, deeper: 0})
    if (!leaf) throw new Unread()
    this.at = leaf.end
    return leaf
  }

  private plain(): Tree {
    plain.lastIndex = this.at
    const raw = plain.exec(this.text)?.[0].trimEnd() ?? ''
    if (raw === '' || this.at + raw.length > this.stop) throw new Unread()
    const leaf = plainLeaf(raw, this.at)
    this.at = leaf.end
    return leaf
  }

  private blanks(): void {
    while (this.at < this.stop && this.text.charCodeAt(this.at) === 32) this.at += 1
  }
}

/** Letters that mean the same inside and outside of flow collections; a colon only inside a word. */
const plain = /[A-Za-z0-9_./](?:[A-Za-z0-9_./\- ]|:(?=[A-Za-z0-9_./:]))*/y
