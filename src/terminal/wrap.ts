/** The text in lines of at most `width` characters, broken at spaces; a word longer than that stays whole. Line breaks of the text are kept. */
export function wrap(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((line) => (line.length <= width ? [line] : wrapLine(line, width)))
}

/** The lines as one text: the first after `label`, the others below it, all indented alike; `room` is the label's width where paint hides it. */
export function hang(label: string, lines: readonly string[], room = label.length): string {
  const margin = ' '.repeat(room)
  return lines.map((line, index) => (index === 0 ? label : margin) + line).join('\n')
}

function wrapLine(line: string, width: number): readonly string[] {
  const margin = /^\s*/.exec(line)?.[0] ?? ''
  const lines: string[] = []
  let current = margin
  for (const word of line.trim().split(/\s+/)) {
    const longer = current.trim() === '' ? margin + word : `${current} ${word}`
    if (longer.length > width && current.trim() !== '') {
      lines.push(current)
      current = margin + word
    } else {
      current = longer
    }
  }
  return [...lines, current]
}
