/** How a cell is painted once it has its width: by its text, and the heading it stands under. */
export type Paint = (cell: string, heading: string) => string

/** Columns as kubectl prints them: headings in capitals, three spaces between, the last column ragged. No rows: no text. */
export function table(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  paint: Paint = (cell) => cell,
): string {
  if (rows.length === 0) return ''
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => (row[column] ?? '').length)),
  )
  const line = (cells: readonly string[], painted: Paint) =>
    headings
      .map((heading, column) => {
        const cell = cells[column] ?? ''
        const margin = column === headings.length - 1 ? '' : ' '.repeat((widths[column] ?? 0) - cell.length + 3)
        return painted(cell, heading) + margin
      })
      .join('')
      .trimEnd()
  return [
    line(
      headings.map((heading) => heading.toUpperCase()),
      (cell) => cell,
    ),
    ...rows.map((row) => line(row, paint)),
  ].join('\n')
}
