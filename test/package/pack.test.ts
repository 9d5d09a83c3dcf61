import {execFileSync, spawnSync} from 'node:child_process'
import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

const root = join(import.meta.dirname, '../..')
const {version} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {version: string}

interface Packed {
  readonly filename: string
  readonly unpackedSize: number
  readonly files: readonly {readonly path: string}[]
}

let home = ''
let packed: Packed

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'k8s-local-pack-'))
  const npm = (...args: readonly string[]): string =>
    execFileSync('npm', args, {cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']})
  ;[packed] = JSON.parse(npm('pack', '--ignore-scripts', '--json', '--pack-destination', home)) as [Packed]
  npm('install', '--prefix', home, '--offline', '--no-audit', '--no-fund', '--no-save', join(home, packed.filename))
}, 60_000)

afterAll(() => rmSync(home, {recursive: true, force: true}))

describe('the package', () => {
  // All minified: 0.9 MB of ours, of which checks, rules and explanations are a third; 0.55 MB of libraries; 0.2 MB of help, licences and manifests.
  test('is smaller than 1.75 MB when unpacked', () => {
    expect(packed.unpackedSize).toBeLessThan(1_750_000)
  })

  test('holds the program, its manifests and licences, and no source', () => {
    const paths = packed.files.map(({path}) => path)

    for (const path of [
      'bin/run.js',
      'dist/cli.js',
      'dist/THIRD-PARTY-LICENSES',
      'manifests/lock.yaml',
      'oclif.manifest.json',
      'LICENSE',
      'README.md',
    ]) {
      expect(paths).toContain(path)
    }
    expect(paths.filter((path) => /^(src|test|scripts|lab|docs)\/|\.map$|^bin\/dev/.test(path))).toEqual([])
  })

  test('holds every command', () => {
    const paths = packed.files.map(({path}) => path)
    const {commands} = JSON.parse(readFileSync(join(root, 'oclif.manifest.json'), 'utf8')) as {
      commands: Record<string, unknown>
    }

    expect(
      Object.keys(commands)
        .map((id) => `dist/commands/${id.replaceAll(':', '/')}.js`)
        .toSorted(),
    ).toEqual(paths.filter((path) => path.startsWith('dist/commands/')).toSorted())
  })

  test('brings no other package', () => {
    const installed = readdirSync(join(home, 'node_modules')).filter((name) => !name.startsWith('.'))

    expect(installed).toEqual(['k8s-local'])
  })
})

describe('the installed program', () => {
  test('says its version', () => {
    expect(start('--version')).toEqual({
      status: 0,
      stdout: `k8s-local/${version} ${process.platform}-${process.arch} node-${process.version}\n`,
      stderr: '',
    })
  })

  test('shows its help', () => {
    const {status, stdout, stderr} = start('--help')

    expect(status).toBe(0)
    expect(stderr).toBe('')
    expect(stdout).toMatch(/^ {2}create\b/m)
    expect(stdout).toMatch(/^ {2}net\b/m)
  })

  // The texts of all commands are in test/commands/help.test.ts: here it matters that they are found.
  test.each(['create', 'net add'])('shows the help of %s, with its values filled in', (command) => {
    const {status, stdout} = start(...command.split(' '), '--help')

    expect(status).toBe(0)
    expect(stdout).toContain(`$ k8s-local ${command}`)
    expect(stdout).not.toContain('<%')
  })

  test('refuses an unknown flag in a few lines, with exit 2', () => {
    const {status, stdout, stderr} = start('create', '--no-such-flag')

    expect(status).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain('--no-such-flag')
    expect(stderr.split('\n').length).toBeLessThan(20)
  })

  test('finds its manifests: a dry run of a cluster prints a plan', () => {
    const {status, stdout} = start('create', 'packed-and-installed', '--yes', '--dry-run', '--json')

    expect([0, 3]).toContain(status)
    expect(() => JSON.parse(stdout) as unknown).not.toThrow()
  })
})

function start(...args: readonly string[]): {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
} {
  // Somebody's shell: not the repository, no npm variables, and the NODE_ENV that makes a plain oclif program print warnings.
  const env = {PATH: process.env['PATH'], HOME: home, NODE_ENV: 'development', NO_COLOR: '1'}
  const {status, stdout, stderr} = spawnSync(join(home, 'node_modules/.bin/k8s-local'), args, {
    cwd: home,
    env,
    encoding: 'utf8',
  })
  return {status, stdout, stderr}
}
