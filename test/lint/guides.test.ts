import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {lint} from '../../src/lint/lint.ts'

const folder = join(import.meta.dirname, '../guides')
const guides = readdirSync(folder, {withFileTypes: true})
  .filter((entry) => entry.isDirectory())
  .map(({name}) => name)

function judge(guide: string, name: 'wrong.yaml' | 'right.yaml') {
  const text = readFileSync(join(folder, guide, name), 'utf8')
  return {text, ...lint({sources: [{name, text, origin: 'file'}]})}
}

describe('mistakes of published guides', () => {
  test.each(guides)('%s is found offline, and nothing else', (guide) => {
    const {text, findings} = judge(guide, 'wrong.yaml')
    const expected = /^# expects: (.*)$/m.exec(text)?.[1]?.split(' ')

    expect(findings.map(({code}) => code).toSorted()).toEqual(expected)
    for (const {fix} of findings) expect(fix).toMatch(/^\S.{5,}/)
  })

  test.each(guides)('%s corrected is spotless', (guide) => {
    expect(judge(guide, 'right.yaml').findings).toEqual([])
  })
})
