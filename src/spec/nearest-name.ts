/** The candidate that a word was most likely meant to be: at most a third of its letters (two in any case) differ. */
export function nearestName(word: string, candidates: readonly string[]): string | undefined {
  const allowed = Math.max(2, Math.floor(word.length / 3))
  const ranked = candidates
    .map((candidate) => ({candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase())}))
    .filter(({distance}) => distance <= allowed)
    .toSorted((a, b) => a.distance - b.distance)
  return ranked[0]?.candidate
}

/** Letters to insert, remove or replace (Levenshtein), a row of the table at a time. */
function editDistance(from: string, to: string): number {
  let row = Array.from({length: to.length + 1}, (_, column) => column)
  for (let line = 1; line <= from.length; line += 1) {
    const next = [line]
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = (row[column - 1] ?? 0) + (from[line - 1] === to[column - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}
