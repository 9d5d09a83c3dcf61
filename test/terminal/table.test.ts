import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {table} from '../../src/terminal/table.ts'

describe('table', () => {
  test('aligns columns under headings in capitals, and leaves the last one ragged', () => {
    const text = table(
      ['name', 'status', 'nodes'],
      [
        ['lab', 'running', '3'],
        ['a-longer-name', 'stopped', '1'],
      ],
    )

    expect(text).toBe(
      ['NAME            STATUS    NODES', 'lab             running   3', 'a-longer-name   stopped   1'].join('\n'),
    )
  })

  test('is empty without rows', () => {
    expect(table(['name'], [])).toBe('')
  })

  test('pads by what is read and not by what colours the text', () => {
    const painted = table(['a', 'b'], [['x', 'y']], (cell) => `<${cell}>`)

    expect(painted).toBe('A   B\n<x>   <y>')
  })

  test('starts every column at the same place in every line', () => {
    const cell = fc.stringMatching(/^[a-z0-9]{1,12}$/)
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), {minLength: 1, maxLength: 8}), (rows) => {
        const [heading = '', ...lines] = table(['first', 'second'], rows).split('\n')
        const column = heading.indexOf('SECOND')
        expect(lines.map((line) => line.slice(column))).toEqual(rows.map(([, second]) => second))
      }),
    )
  })
})
