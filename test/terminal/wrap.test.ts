import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {hang, wrap} from '../../src/terminal/wrap.ts'

describe('wrap', () => {
  test('breaks at spaces and keeps the breaks and margins of the text', () => {
    expect(wrap('one two three\n  four five six', 10)).toEqual(['one two', 'three', '  four', '  five six'])
  })

  test('leaves a word that is too long in one piece, for it may be a path or a command', () => {
    expect(wrap('see /var/lib/some/very/long/path now', 12)).toEqual(['see', '/var/lib/some/very/long/path', 'now'])
  })

  test('loses no word, and makes no line longer than asked unless it is one word', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[!-~]{1,9}$/), {maxLength: 30}),
        fc.integer({min: 4, max: 40}),
        (words, width) => {
          const lines = wrap(words.join(' '), width)
          expect(lines.join(' ').split(' ')).toEqual(words.join(' ').split(' '))
          for (const line of lines) expect(line.length <= width || !line.trim().includes(' ')).toBe(true)
        },
      ),
    )
  })
})

test('hang puts the label before the first line and a margin before the others', () => {
  expect(hang('  try   ', ['one', 'two'])).toBe('  try   one\n        two')
})
