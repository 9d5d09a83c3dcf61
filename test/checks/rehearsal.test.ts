import {describe, expect, test} from 'vitest'
import {judgeRehearsal} from '../../src/checks/rehearsal/judge-rehearsal.ts'
import type {RehearsalSeen} from '../../src/checks/rehearsal/seen-rehearsal.ts'
import {trialsOn} from '../support/trial-networks.ts'
import {readEvidence} from './recorded.ts'

const trials = Object.entries(trialsOn('eth3', '10.97.0'))

function judge(name: string) {
  return judgeRehearsal(readEvidence(`rehearsal/${name}.json`) as RehearsalSeen)
}

describe('a rehearsal recorded on three nodes', () => {
  test.each(trials.filter(([, {verdict}]) => verdict === undefined))('of %s passes', (name) => {
    const checks = judge(name)

    expect(checks.filter(({status}) => status !== 'pass' && status !== 'skip')).toEqual([])
    expect(checks.filter(({check}) => check === 'left').map(({status}) => status)).toEqual(['pass', 'pass', 'pass'])
  })

  test.each(trials.filter(([, {verdict}]) => verdict !== undefined))(
    "of %s is explained, in the plugin's words and in ours",
    (name, {verdict = '', words = /./, cause = /./}) => {
      const [check, status] = verdict.split(' ')
      const found = judge(name).find((one) => one.check === check && one.status === status)

      expect([found?.summary, ...(found?.evidence ?? [])].join('\n')).toMatch(words)
      expect(found?.cause ?? found?.summary).toMatch(cause)
      expect(found?.fix?.length ?? 20).toBeGreaterThan(10)
    },
  )

  test.each(trials)('of %s leaves nothing behind', (name) => {
    expect(judge(name).filter(({check, status}) => check === 'left' && status !== 'pass')).toEqual([])
  })
})
