import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import Verify from '../../../src/commands/verify.ts'
import {createFileDriver} from '../../../src/drivers/files.ts'
import type {Drivers} from '../../../src/drivers/ports.ts'
import {Problem} from '../../../src/problem.ts'
import type {VerifyReport} from '../../../src/terminal/reports/verify-report.ts'
import {sendStatus} from '../../support/fake-api/rest.ts'
import {type FakeCluster, startFakeCluster} from '../support/fake-cluster.ts'
import {type Ran, runCommand} from '../support/run-command.ts'

let cluster: FakeCluster
let folder = ''

beforeAll(async () => {
  cluster = await startFakeCluster()
  folder = mkdtempSync(join(tmpdir(), 'k8s-local-reports-'))
})

afterAll(async () => {
  await cluster.stop()
  rmSync(folder, {recursive: true, force: true})
})

const at = (name: string) => join(folder, name)
const text = (name: string) => readFileSync(at(name), 'utf8')
const report = (name: string) => JSON.parse(text(name)) as VerifyReport

/** A machine with files and nothing else: whatever is looked at beyond them fails the test. */
const files = createFileDriver({HOME: '/nowhere'})
const refused = (...argv: readonly string[]): Promise<Ran> => runCommand(Verify, argv, {drivers: {files}, id: 'verify'})

/** A machine on which no cluster is found, for want of an answer. */
const unreachable = (argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> => {
  const list = () => Promise.reject(new Problem('engine-unreachable', {message: 'Docker does not answer'}))
  const drivers = {files, journal: {list}, engine: {info: list, containers: list}} as unknown as Partial<Drivers>
  return runCommand(Verify, argv, {drivers, env, id: 'verify'})
}

/** Nodes are judged before the API refuses the probe pods. */
const halfWay = ['H05', 'attachment-real'].flatMap((name) => ['--check', name]).concat('--probe-image', 'probe:v1')

function refusePods({api: {faults}}: FakeCluster): void {
  faults.push(({method, path}, response) => {
    const refuses = method === 'PATCH' && path.includes('/pods/')
    if (refuses) setTimeout(() => sendStatus(response, 403, 'pods are refused by somebody: no room'), 500)
    return refuses
  })
}

describe('a run that fails half way', () => {
  beforeAll(() => refusePods(cluster))

  const verify = (...argv: readonly string[]) => cluster.run(Verify, [...halfWay, ...argv], {id: 'verify'})

  test('writes every report, with what was judged and the problem, and one of them to stdout', async () => {
    const asked = [`junit=${at('out.xml')}`, `json=${at('out.json')}`, `table=${at('out.txt')}`, 'github']
    const {stdout, stderr, exitCode} = await verify(...asked.flatMap((one) => ['--report', one]))

    expect(exitCode).toBe(5)
    expect(stdout).toMatch(/^::error title=k8s-local verify KL-4009::.*may not/)
    expect(stderr).toMatch(/^Error: .*may not/m)
    expect(report('out.json')).toMatchObject({
      cluster: 'fake',
      status: 'failed',
      exitCode: 5,
      checks: [{id: 'H05', name: 'nodes-healthy', status: 'pass'}],
      error: {code: 'KL-4009', exitCode: 5},
    })
    expect(report('out.json').unfinished.map(({name}) => name)).toContain('attachment-real')
    expect(text('out.xml')).toContain('<error type="KL-4009"')
    expect(text('out.txt')).toMatch(/^Error: .*may not/m)
  })

  test('is one document with --json, beside the reports in files', async () => {
    const {stdout} = await verify('--json', '--report', `json=${at('beside.json')}`)
    const {steps, ...outcome} = JSON.parse(stdout) as {readonly steps: readonly {readonly status: string}[]}

    expect(outcome).toMatchObject({status: 'failed', checks: [{check: 'nodes-healthy'}]})
    expect(new Set(steps.map(({status}) => status))).toEqual(new Set(['done', 'failed', 'not-started']))
    expect(report('beside.json').checks).toMatchObject([{name: 'nodes-healthy'}])
  })

  test('shows the table and what was not judged, and leaves the problem to stderr', async () => {
    const {stdout} = await verify()

    expect(stdout).toMatch(/pass +H05 +Node is healthy/)
    expect(stdout).toContain('Not judged, for the run ended before\n  attachment-real')
    expect(stdout).not.toContain('Error:')
  })
})

describe('a run that reaches no cluster', () => {
  test('has reports with the problem and no checks', async () => {
    const {stdout, stderr, exitCode} = await unreachable([
      'lab',
      '--full',
      '--report',
      'tap',
      '--report',
      `json=${at('none.json')}`,
    ])

    expect(stdout).toBe(
      'TAP version 14\n1..0 # SKIP nothing was judged\nBail out! KL-2003 Docker does not answer\n# lab: nothing was judged, then the run failed, in 0.0 s\n',
    )
    expect(stderr).toContain('Error: Docker does not answer')
    expect(exitCode).toBe(3)
    expect(report('none.json')).toMatchObject({cluster: 'lab', tier: 'full', status: 'failed', checks: []})
  })

  test('has none in a dry run', async () => {
    await unreachable(['lab', '--dry-run', '--report', `json=${at('dry.json')}`])

    expect(readdirSync(folder)).not.toContain('dry.json')
  })

  test('adds to the summary of the step for GitHub, and only for GitHub', async () => {
    writeFileSync(at('summary.md'), 'before\n')
    const env = {GITHUB_STEP_SUMMARY: at('summary.md')}
    await unreachable(['lab', '--report', 'markdown'], env)
    await unreachable(['lab', '--report', `github=${at('github.txt')}`], env)

    expect(text('summary.md')).toMatch(/^before\n## verify: failed\n\nlab: nothing was judged/)
    expect(text('github.txt')).toMatch(/^::error /)
  })

  test('takes its reports from the environment too, through links, without leaving anything else', async () => {
    mkdirSync(at('env'))
    writeFileSync(at('env/real.xml'), 'old')
    symlinkSync('real.xml', at('env/link.xml'))
    await unreachable(['lab'], {K8S_LOCAL_REPORT: `junit=${at('env/link.xml')},tap=${at('env/out.tap')}`})

    expect(text('env/real.xml')).toContain('<testsuites')
    expect(readdirSync(at('env'))).toEqual(['link.xml', 'out.tap', 'real.xml'])
  })
})

describe('before anything runs', () => {
  test.each<[string, readonly string[], string, string]>([
    [
      'two reports for stdout',
      ['--report', 'tap', '--report', 'junit'],
      'tap and junit cannot all be on stdout',
      '=FILE',
    ],
    ['a report beside --json', ['--json', '--report', 'json'], 'stdout holds one document', 'Leave out --json'],
    ['two reports in one file', ['--report', 'tap=a', '--report', 'junit=a'], 'two reports would be written to', ''],
    ['a format that there is not', ['--report', 'junitt=a'], "'junitt' is not one of", 'did you mean junit?'],
    ['a file without a name', ['--report', 'tap='], "'tap=' names no file", ''],
  ])('%s: refused as wrong usage', async (_, argv, fault, fix) => {
    const {stdout, stderr, exitCode} = await refused(...argv)

    expect(`${stdout}${stderr}`).toContain(fault)
    expect(`${stdout}${stderr}`).toContain(fix)
    expect(exitCode).toBe(2)
  })

  test('every file that cannot be written is named, with what to do', async () => {
    const {stderr, exitCode} = await refused(
      '--report',
      `junit=${at('missing/out.xml')}`,
      '--report',
      `tap=${folder}`,
      '--report',
      'json=/dev/null',
    )

    expect(stderr).toContain('Error: Reports cannot be written')
    expect(stderr).toMatch(/--report junit: the folder \S+missing does not\s+exist/)
    expect(stderr).toContain('fix: mkdir -p ')
    expect(stderr).toMatch(/--report tap: \S+ is a folder/)
    expect(stderr).toContain('--report json: /dev/null is not a file')
    expect(exitCode).toBe(3)
  })
})
