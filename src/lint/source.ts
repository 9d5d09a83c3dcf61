/** A text to judge, and how it is called in findings. */
export interface Source {
  /** The path as it was given, `stdin`, or `NetworkAttachmentDefinition team/data` for an object of a cluster. */
  readonly name: string
  readonly text: string
  /** Only what lies in files can be rewritten. */
  readonly origin: 'file' | 'stdin' | 'cluster'
  /** The node whose own file holds the configuration of the network in `text`. */
  readonly node?: string
}

/** Line and column, both from 1; columns are UTF-16 units, as editors count them. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** A function from offsets of the text to places; offsets outside are drawn to its ends. */
export function placesOf(text: string): (offset: number) => Place {
  let starts: readonly number[] | undefined
  return (offset) => {
    starts ??= lineStarts(text)
    const inside = Math.max(0, Math.min(offset, text.length))
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= inside) low = middle
      else high = middle - 1
    }
    return {line: low + 1, column: inside - (starts[low] ?? 0) + 1}
  }
}

function lineStarts(text: string): readonly number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}
