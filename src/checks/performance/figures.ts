import type {Measure} from '../../steps/check-request.ts'

/** A measure with a unit that reads well: `3.87 Gbit/s`, `0.11 ms`, `1.9 s`. */
export function inWords({value, unit}: Pick<Measure, 'value' | 'unit'>): string {
  if (unit === 'bit/s') {
    return value >= 1e9 ? `${(value / 1e9).toFixed(2)} Gbit/s` : `${(value / 1e6).toFixed(0)} Mbit/s`
  }
  return `${value.toFixed(2)} ${unit}`
}

/** Rows of equal width, the first of them the heading. */
export function toTable(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
