import {readdirSync, statSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {checkNamed} from '../../src/checks/index.ts'
import type {Verdict} from '../../src/steps/check-request.ts'
import {type Recorded, readEvidence} from './recorded.ts'

/** What test/support/record-evidence.ts wrote: evidence of a real cluster, and what was made of it. */
const all = readdirSync(new URL('../evidence', import.meta.url), {recursive: true, encoding: 'utf8'}).filter((file) =>
  file.endsWith('.json'),
)
const files = all
  .map((file) => ({file, recorded: readEvidence(file) as Partial<Recorded & {readonly verdict: Verdict}>}))
  .filter(({recorded: {verdict}}) => verdict !== undefined)

describe('what was seen on real clusters', () => {
  test.each(files)('means the same as when it was recorded: $file', ({file, recorded}) => {
    const {subject = null, evidence = {}, verdict} = recorded
    const judge = checkNamed(file.split('/')[0] ?? '')

    expect(judge?.judge(evidence, subject)).toEqual(verdict)
  })

  test('is kept in files that a person can read', () => {
    const large = all.filter((file) => statSync(new URL(`../evidence/${file}`, import.meta.url)).size > 150_000)

    expect(large).toEqual([])
  })
})
