import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, describe, expect, test} from 'vitest'
import {judgeRehearsal} from '../../src/checks/rehearsal/judge-rehearsal.ts'
import type {RehearsalSeen} from '../../src/checks/rehearsal/seen-rehearsal.ts'
import NetTry from '../../src/commands/net/try.ts'
import {presentRehearsal} from '../../src/terminal/present-rehearsal.ts'
import {plainStyle} from '../../src/terminal/style.ts'
import {readEvidence} from '../checks/recorded.ts'
import {container, fakeDrivers, fakeExec} from '../run/fakes.ts'
import {runCommand} from './support/run-command.ts'

const page = {width: 80, style: plainStyle}
const folder = mkdtempSync(join(tmpdir(), 'k8s-local-try-'))
afterAll(() => rmSync(folder, {recursive: true}))

const argument = {id: 'net:try'}

function present(name: string): string {
  const seen = readEvidence(`rehearsal/${name}.json`) as RehearsalSeen
  const checks = judgeRehearsal(seen)
  const passed = checks.every(({status}) => status !== 'fail')
  const nodes = seen.nodes.map(({node}) => ({node, seconds: 1.2, pods: []}))
  return presentRehearsal([{network: seen.network, passed, nodes, checks}], page)
}

describe('a rehearsal as a person reads it', () => {
  test.each(['chain-works', 'missing-master', 'one-range-on-all-nodes', 'ipvlan'])('of %s', async (name) => {
    await expect(`${present(name)}\n`).toMatchFileSnapshot(`../golden/terminal/rehearsal-${name}.txt`)
  })
})

describe('net try', () => {
  test('of nothing says what to write', async () => {
    const {stderr, exitCode} = await runCommand(NetTry, [], {...argument, drivers: fakeDrivers()})

    expect(stderr).toContain('net try needs NETWORK')
    expect(exitCode).toBe(2)
  })

  test.each([
    ['is not there', [join(folder, 'none.yaml')], 'There is no file'],
    ['holds no network', [write('pod.yaml', 'kind: Pod')], 'neither a NetworkAttachmentDefinition nor'],
  ])('of a file that %s is refused as usage', async (_, argv, words) => {
    const {stderr, exitCode} = await runCommand(NetTry, argv, {...argument, drivers: realFiles()})

    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(words)
    expect(exitCode).toBe(2)
  })

  test('with --host as an ordinary user says that it takes root', async () => {
    const drivers = {
      ...realFiles(),
      host: {...fakeDrivers().host, platform: () => ({os: 'linux', arch: 'amd64' as const, cpus: 2})},
      process: {...fakeDrivers().process, run: async () => ({exitCode: 0, stdout: '1000\n', stderr: ''})},
    }

    const {stderr, exitCode} = await runCommand(NetTry, [write('net.json', '{"type": "bridge"}'), '--host'], {
      ...argument,
      drivers,
    })

    expect(stderr).toContain('needs root')
    expect(exitCode).toBe(3)
  })

  test('refuses a MAC address and an address that are none', async () => {
    const {stderr, exitCode} = await runCommand(NetTry, ['x', '--mac', 'zz', '--ip', '10.300.0.1'], {
      ...argument,
      drivers: fakeDrivers(),
    })

    expect(stderr).toMatch(/--mac: 'zz' is not a MAC address[\s\S]*--ip|--ip[\s\S]*--mac: 'zz'/)
    expect(exitCode).toBe(2)
  })

  test('of a configuration that is not JSON fails as a check, on every node, in one document', async () => {
    const {exec, asked} = fakeExec(() => undefined)
    const drivers = {
      ...fakeDrivers({
        engine: {containers: async () => [container('demo-worker'), container('demo-worker2')], exec},
        kubernetes: {get: async () => undefined},
      }),
      files: realFiles().files,
    }
    const file = write('bad.json', '{"type": "bridge",}')

    const {stdout, exitCode} = await runCommand(NetTry, [file, '--cluster', 'demo', '--json'], {...argument, drivers})

    const {networks} = JSON.parse(stdout) as {
      networks: {passed: boolean; checks: {subject: string; status: string}[]}[]
    }
    expect(exitCode).toBe(1)
    expect(networks).toMatchObject([{network: 'bad (bad.json)', passed: false}])
    expect(networks[0]?.checks.map(({subject, status}) => [subject, status])).toEqual([
      ['demo-worker', 'fail'],
      ['demo-worker2', 'fail'],
    ])
    expect(asked).toEqual([])
  })

  test('of a node that is not there names those that there are', async () => {
    const drivers = {
      ...fakeDrivers({engine: {containers: async () => [container('demo-worker')]}}),
      files: realFiles().files,
    }

    const argv = [write('ok.json', '{"type": "bridge"}'), '--cluster', 'demo', '--node', 'other']
    const {stderr, exitCode} = await runCommand(NetTry, argv, {...argument, drivers})

    expect(stderr).toContain('demo-worker')
    expect(exitCode).toBe(2)
  })
})

function write(name: string, text: string): string {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

/** Drivers that read files as they are. */
function realFiles() {
  const drivers = fakeDrivers()
  const read = async (file: string) => (await import('node:fs/promises')).readFile(file, 'utf8').catch(() => undefined)
  return {
    ...drivers,
    files: {...drivers.files, read, paths: {packageRoot: '', cache: '/c', state: '/s', kubeconfig: '/k'}},
  }
}
