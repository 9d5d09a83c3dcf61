import fc from 'fast-check'

const signs = [
  '\n',
  '\r\n',
  '\t',
  '\u{1b}[31m',
  '😀',
  '<',
  '&',
  '"',
  "'",
  '#',
  '\\',
  ',',
  '|',
  '`',
  '*',
  '{',
  ' ',
  'word',
]
const marks = ['__', '[a](b)', '![a](b)', '<b>', '&amp;', '~~', ']]>', '%0A', '::', '# SKIP', '---', '...']

/** Text of the kind that tools print: control characters, halves of pairs, signs that a format means something by. */
export const anyText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.integer({min: 0, max: 0xffff}).map((unit) => String.fromCharCode(unit)),
      fc.constantFrom(...signs, ...marks),
    ),
    {maxLength: 12},
  )
  .map((parts) => parts.join(''))
