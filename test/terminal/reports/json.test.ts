import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {Ajv2020} from 'ajv/dist/2020.js'
import {describe, expect, test} from 'vitest'
import {Problem} from '../../../src/problem.ts'
import {reportOfProblem, type VerifyReport} from '../../../src/terminal/reports/verify-report.ts'
import {badReport, goodReport, interruptedReport, reportOf} from './given-report.ts'

const text = readFileSync(join(import.meta.dirname, '../../../schemas/verify-report.v1.json'), 'utf8')
const validate = new Ajv2020({strict: true}).compile(JSON.parse(text))
/** The same schema, closed: the published one lets members be added, but none of ours may be missing from it. */
const validateClosed = new Ajv2020().compile(
  JSON.parse(text, (_, value: unknown) =>
    typeof value === 'object' && value !== null && 'properties' in value && 'type' in value
      ? {...value, additionalProperties: false}
      : value,
  ) as object,
)

const findings = [{at: '--context', message: 'there is no such context', fix: 'kubectl config get-contexts'}]
const unreached = reportOfProblem(
  new Problem('api-unreachable', {message: 'The API does not answer', cause: 'ECONNREFUSED', findings, log: '/log'})
    .data,
  {toolVersion: '1.2.3', tier: 'full', started: new Date(0), seconds: 1.5, cluster: 'lab'},
)

describe('a report as JSON', () => {
  test.each([
    ['a bad run', badReport],
    ['a good run', goodReport],
    ['an interrupted run', interruptedReport],
    ['a run that judged nothing', reportOf([], {status: 'done'})],
    ['a run that reached no cluster', unreached],
  ])('of %s is as its schema says, and has nothing that the schema does not know', (_, report) => {
    const document = JSON.parse(JSON.stringify(report)) as unknown

    expect(validate(document), JSON.stringify(validate.errors)).toBe(true)
    expect(validateClosed(document), JSON.stringify(validateClosed.errors)).toBe(true)
  })

  test.each<[string, Partial<Record<keyof VerifyReport, unknown>>]>([
    ['another version', {version: 2}],
    ['a status that there is not', {status: 'green'}],
    ['a time that is not UTC', {started: '2026-11-28T09:30:00+01:00'}],
    ['a check without a name', {checks: [{...badReport.checks[0], name: ''}]}],
    ['no counts', {counts: undefined}],
  ])('with %s is refused', (_, change) => {
    expect(validate(JSON.parse(JSON.stringify({...badReport, ...change})))).toBe(false)
  })

  test('has its checks in the order of the list and by subject, however they ended', () => {
    expect(badReport.checks.map(({name, subject}) => `${name} ${subject}`.trim())).toEqual([
      'nodes-healthy lab-worker2',
      'nodes-healthy lab-worker10',
      'multus-first lab-worker2',
      'plugins-present lab-worker',
      'plugins-present lab-worker2',
      ...[2, 3, 4, 5, 6, 10].map((to) => `reach-across-nodes probe-1 -> probe-${to} over lan`),
      'path-mtu lab-worker',
      'path-mtu lab-worker2',
      'gateway-answers',
      'policy-coverage default/lan',
      'ipv6-ready',
    ])
  })

  test('says with which exit code the run ended', () => {
    const unjudged = badReport.checks
      .filter(({status}) => status === 'error')
      .map(({name, ...rest}) => ({check: name, ...rest}))

    expect(goodReport.exitCode).toBe(0)
    expect(badReport.exitCode).toBe(1)
    expect(unreached.exitCode).toBe(5)
    expect(reportOf(unjudged, {status: 'checks-unjudged'}).exitCode).toBe(8)
    expect(interruptedReport.exitCode).toBe(130)
  })
})
