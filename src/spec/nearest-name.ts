/** The candidate that a word was most likely meant to be: at most a third of its letters (two in any case) differ. */
export function nearestName(word: string, candidates: readonly string[]): string | undefined {
  const wanted = word.toLowerCase()
  let nearest: string | undefined
  // What is looked for from now on is nearer than the best so far; most candidates are too long or too short for it.
  let allowed = Math.max(2, Math.floor(word.length / 3))
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > allowed) continue
    const distance = editDistance(wanted, candidate.toLowerCase(), allowed)
    if (distance > allowed) continue
    if (distance === 0) return candidate
    nearest = candidate
    allowed = distance - 1
  }
  return nearest
}

/**
 * Letters to insert, remove or replace (Levenshtein); something above `most` as soon as it is that. Thousands of names are compared with thousands (net
 * lint), so only the cells that can still come out at `most` are filled in, a row of the table at a time, in two rows that are used again.
 */
function editDistance(from: string, to: string, most: number): number {
  const rows = [firstRow(to.length), firstRow(to.length)] as const
  for (let line = 1; line <= from.length; line += 1) {
    const before = rows[(line - 1) % 2] as number[]
    const row = rows[line % 2] as number[]
    const [first, last] = [Math.max(1, line - most), Math.min(to.length, line + most)]
    row[first - 1] = first === 1 ? line : most + 1
    if (last === line + most) before[last] = most + 1
    let least = row[first - 1] ?? 0
    const letter = from.charCodeAt(line - 1)
    for (let column = first; column <= last; column += 1) {
      const replaced = (before[column - 1] ?? 0) + (letter === to.charCodeAt(column - 1) ? 0 : 1)
      const cost = Math.min(replaced, (before[column] ?? 0) + 1, (row[column - 1] ?? 0) + 1)
      row[column] = cost
      if (cost < least) least = cost
    }
    if (least > most) return least
  }
  return rows[from.length % 2]?.[to.length] ?? 0
}

function firstRow(length: number): number[] {
  const row: number[] = []
  for (let column = 0; column <= length; column += 1) row.push(column)
  return row
}
