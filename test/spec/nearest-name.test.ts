import fc from 'fast-check'
import {expect, test} from 'vitest'
import {nearestName} from '../../src/spec/nearest-name.ts'

test.each([
  ['two letters off', 'stroage', ['data', 'storage', 'store'], 'storage'],
  ['another case', 'DATA', ['date', 'data'], 'data'],
  ['the first of two that are equally near', 'lan', ['lab', 'lad'], 'lab'],
  ['a short word, where two letters may differ', 'ab', ['cd'], 'cd'],
  ['nothing near', 'storage', ['data', 'lan'], undefined],
  ['nothing at all', 'storage', [], undefined],
])('finds %s', (_, word, names, near) => {
  expect(nearestName(word, names)).toBe(near)
})

test('is the first of the candidates with the fewest letters that differ, as the whole table tells', () => {
  const word = fc.string({unit: fc.constantFrom('a', 'b', 'c', '-'), minLength: 1, maxLength: 12})
  fc.assert(
    fc.property(word, fc.array(word, {maxLength: 8}), (wanted, names) => {
      const allowed = Math.max(2, Math.floor(wanted.length / 3))
      const ranked = names
        .map((name) => ({name, distance: wholeTable(wanted, name)}))
        .filter(({distance}) => distance <= allowed)
        .toSorted((a, b) => a.distance - b.distance)
      expect(nearestName(wanted, names)).toBe(ranked[0]?.name)
    }),
    {numRuns: 2000},
  )
})

/** Levenshtein by its definition. */
function wholeTable(from: string, to: string): number {
  const table = Array.from({length: from.length + 1}, (_, line): number[] => [line])
  table[0] = Array.from({length: to.length + 1}, (_unused, column) => column)
  const at = (line: number, column: number): number => table[line]?.[column] ?? 0
  for (let line = 1; line <= from.length; line += 1)
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = at(line - 1, column - 1) + (from[line - 1] === to[column - 1] ? 0 : 1)
      const row = table[line]
      if (row) row[column] = Math.min(replaced, at(line - 1, column) + 1, at(line, column - 1) + 1)
    }
  return at(from.length, to.length)
}
