/** A run of characters of a text: offsets in UTF-16 units, the end excluded. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A value of a YAML or JSON text that remembers where it stands. */
export type Tree = TextLeaf | ValueLeaf | TreeMap | TreeList

export type TextStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded'

export interface TextLeaf extends Span {
  readonly kind: 'text'
  readonly value: string
  readonly style: TextStyle
  /**
   * Where the characters of `value` come from: pairs of an offset in `value` and the offset in the text, ascending. Between two pairs both
   * run in step.
   */
  readonly pieces: readonly number[]
  /** Continuation lines stand no deeper than their key: kubectl reads that, YAML 1.2 forbids it. */
  readonly shallow?: true
}

/** A number, true, false or null. */
export interface ValueLeaf extends Span {
  readonly kind: 'value'
  readonly value: number | boolean | null
}

export interface TreeMap extends Span {
  readonly kind: 'map'
  readonly entries: readonly TreeEntry[]
}

export interface TreeEntry {
  readonly key: string
  /** Of the key, quotes included. */
  readonly at: Span
  readonly value: Tree
}

export interface TreeList extends Span {
  readonly kind: 'list'
  readonly items: readonly Tree[]
}

/** The offset in the text of an offset in the leaf's value. */
export function placeIn({pieces, start}: Pick<TextLeaf, 'pieces' | 'start'>, offset: number): number {
  let low = 0
  let high = pieces.length / 2 - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((pieces[middle * 2] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return (pieces[low * 2 + 1] ?? start) + offset - (pieces[low * 2] ?? 0)
}
