import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {exitCodes} from '../../src/exit-kind.ts'

test('docs/exit-codes.md lists every exit code, and no other', async () => {
  const text = await readFile(join(import.meta.dirname, '../../docs/exit-codes.md'), 'utf8')

  const documented = [...text.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code))

  expect(documented).toEqual(Object.values(exitCodes))
})
