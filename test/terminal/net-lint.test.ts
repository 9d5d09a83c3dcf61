import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import NetAdd from '../../src/commands/net/add.ts'
import NetLint from '../../src/commands/net/lint.ts'
import type {Drivers} from '../../src/drivers/ports.ts'
import {createFileDriver} from '../../src/drivers/files.ts'
import {networkTypes} from '../../src/catalog/network/index.ts'
import {ipams} from '../../src/catalog/ipam/index.ts'
import {lint} from '../../src/lint/lint.ts'
import {Problem} from '../../src/problem.ts'
import {runCommand} from './support/run-command.ts'
import {makeSurroundings} from './support/surroundings.ts'

const golden = (name: string) => `../golden/terminal/net-lint-${name}`

const network = `apiVersion: k8s.cni.cncf.io/v1
kind: NetworkAttachmentDefinition
metadata:
  name: storage
spec:
  config: '{
      "cniVersion": "0.3.1",
      "type": "macvlan",
      "master": "eth1",
      "mtu": "1500",
      "ipam": {"type": "host-local", "subnet": "10.244.0.0/16"},
  }'
`
const pod = `apiVersion: v1
kind: Pod
metadata:
  name: web
  annotations:
    k8s.v1.cni.cncf.io/networks: '{"name": "storage", "interface": "storage-interface"}'
spec:
  containers:
    - {name: main, image: nginx, resources: {limits: {cpu: 1, memory: 64Mi}}}
`

let folder = ''
const start = process.cwd()

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'k8s-local-lint-'))
  process.chdir(folder)
  mkdirSync('team/.git', {recursive: true})
  writeFileSync('team/network.yaml', network)
  writeFileSync('team/pod.yml', pod)
  writeFileSync('team/readme.md', 'kind: [')
  writeFileSync('team/.git/hidden.yaml', 'kind: [')
  writeFileSync('broken.yaml', `${pod}---\nkind: [\n`)
  writeFileSync('clean.yaml', 'kind: Namespace\napiVersion: v1\nmetadata: {name: a}\n')
})

afterAll(() => {
  process.chdir(start)
  rmSync(folder, {recursive: true, force: true})
})

const drivers = {files: createFileDriver({HOME: '/nowhere'})} as unknown as Partial<Drivers>

const run = (...argv: readonly string[]) => runCommand(NetLint, argv, {drivers, id: 'net:lint'})

describe('net lint', () => {
  test('tells people the place, what is wrong, what helps, within 80 columns', async () => {
    const {stdout, exitCode} = await run('team')

    await expect(stdout).toMatchFileSnapshot(golden('table.txt'))
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
    expect(exitCode).toBe(1)
  })

  test.each([
    ['github', 'txt'],
    ['sarif', 'json'],
    ['junit', 'xml'],
    ['json', 'json'],
  ])('speaks %s', async (format, ending) => {
    const {stdout} = await run('team', '--format', format)

    await expect(stdout).toMatchFileSnapshot(golden(`${format}.${ending}`))
  })

  test('prints the same document with --json as with --format json', async () => {
    const one = await run('team', '--json')
    const other = await run('team', '--format', 'json')

    expect(JSON.parse(one.stdout)).toEqual(JSON.parse(other.stdout))
    expect(one.exitCode).toBe(1)
  })

  test('says nothing of a clean file but that it is clean', async () => {
    const {stdout, exitCode} = await run('clean.yaml')

    expect(stdout).toBe('Nothing found in 1 object of 1 file\n')
    expect(exitCode).toBe(0)
  })

  test('ends with 1 at or above --fail-on and with 0 below', async () => {
    writeFileSync(
      'remark.yaml',
      network
        .replace('storage', 'a')
        .replace(
          /config:[\s\S]*/,
          `config: '{"cniVersion": "1.0.0", "type": "bridge", "ipam": {"type": "host-local", "subnet": "10.20.0.0/24"}}'\n`,
        ),
    )
    const codes = await Promise.all(
      ['error', 'warn', 'info'].map(async (level) => (await run('remark.yaml', '--fail-on', level)).exitCode),
    )

    expect(codes).toEqual([0, 0, 1])
  })

  test('ends with 2 when something cannot be read, and still tells of the rest', async () => {
    writeFileSync('latin.yaml', Buffer.from([0x61, 0x3a, 0x20, 0xe4]))
    const {stdout, exitCode} = await run('broken.yaml', 'nowhere.yaml', 'latin.yaml', 'team/pod.yml')

    expect(stdout).toContain('unreadable nowhere.yaml: there is no such file or folder')
    expect(stdout).toContain('unreadable latin.yaml: it is not UTF-8')
    expect(stdout).toContain('broken.yaml:12:1 error KL-L001')
    expect(stdout).toContain('team/pod.yml:6:68 error KL-L504')
    expect(exitCode).toBe(2)
  })

  test('reads standard input', async () => {
    const fake = makeSurroundings({drivers})
    const stdin = {
      async *[Symbol.asyncIterator]() {
        yield Buffer.from(pod.slice(0, 50))
        yield Buffer.from(pod.slice(50))
      },
    }
    const {stdout} = await runCommand(NetLint, ['-'], {
      id: 'net:lint',
      fake: {...fake, surroundings: {...fake.surroundings, stdin}},
    })

    expect(stdout).toContain('stdin:6:68 error KL-L504')
  })

  test('rewrites files with --fix, says what it changed, and does nothing the second time', async () => {
    writeFileSync('mend.yaml', `# kept\n${network}`)
    const first = await run('mend.yaml', '--fix')
    const text = readFileSync('mend.yaml', 'utf8')
    const second = await run('mend.yaml', '--fix')

    await expect(first.stdout).toMatchFileSnapshot(golden('fix.txt'))
    expect(text).toContain('# kept\n')
    expect(text).toContain('  config: |-\n    {\n')
    expect(text).toContain('"mtu": 1500,')
    expect(readFileSync('mend.yaml', 'utf8')).toBe(text)
    expect(second.stdout).not.toContain('mended')
    expect(readdirSync('.').filter((name) => name.startsWith('mend'))).toEqual(['mend.yaml'])
  })

  test('lists its rules', async () => {
    const {stdout, exitCode} = await run('--list-rules')

    await expect(stdout).toMatchFileSnapshot(golden('rules.txt'))
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
    expect(exitCode).toBe(0)
  })

  test('with nothing to judge says what it could judge', async () => {
    const {stderr, exitCode} = await run()

    expect(stderr).toContain('Error: net lint needs files, folders, - or the name of a network')
    expect(exitCode).toBe(2)
  })

  test('takes a word that is no file for a network, and says so where there is no cluster', async () => {
    const engine = {
      containers: async () => {
        throw new Problem('engine-missing', {message: 'docker is not on PATH'})
      },
    }
    const {stderr, exitCode} = await runCommand(NetLint, ['storage'], {
      drivers: {...drivers, engine} as unknown as Partial<Drivers>,
      id: 'net:lint',
    })

    expect(stderr).toContain('Error: docker is not on PATH')
    expect(stderr).toContain('There is no file storage')
    expect(exitCode).toBe(3)
  })
})

describe('what net add prints', () => {
  const kinds = Object.keys(networkTypes).flatMap((type) => Object.keys(ipams).map((ipam) => [type, ipam] as const))

  test.each(kinds)('for %s with %s has no error', async (type, ipam) => {
    const noEngine = {
      files: {paths: {kubeconfig: '/home/u/.kube/config'}},
      engine: {
        containers: async () => {
          throw new Problem('engine-missing', {message: 'docker is not on PATH'})
        },
        networks: async () => [],
      },
    } as unknown as Partial<Drivers>
    const {stdout: text} = await runCommand(NetAdd, [type, 'storage', '--ipam', ipam, '--output', 'yaml'], {
      drivers: noEngine,
      id: 'net:add',
    })

    const {findings} = lint({sources: [{name: 'storage.yaml', text, origin: 'file'}]})
    expect(findings.filter(({severity}) => severity === 'error')).toEqual([])
  })
})
