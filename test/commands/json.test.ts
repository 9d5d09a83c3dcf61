import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {runBuilt} from './support/run-built.ts'

const manifest = JSON.parse(await readFile(join(import.meta.dirname, '../../oclif.manifest.json'), 'utf8')) as {
  readonly commands: Readonly<Record<string, unknown>>
}
const commands = Object.keys(manifest.commands).map((id) => id.replaceAll(':', ' '))

/** What each needs to get as far as the world outside. */
const enough: Readonly<Record<string, readonly string[]>> = {
  create: ['lab'],
  delete: ['lab', '--yes'],
  diagnose: [],
  list: [],
  'net add': ['macvlan', 'storage'],
  'net list': [],
  'net remove': ['storage'],
  'pod add': ['left', '--network', 'data'],
  'pod attach': ['deployment/web', '--network', 'data'],
  'pod detach': ['deployment/web', '--network', 'data'],
  'pod exec': ['left', 'ping', '172.30.0.4'],
  'pod list': [],
  'pod remove': ['left'],
  'pod show': ['left'],
  status: [],
  verify: [],
}

interface ErrorDocument {
  readonly error: {
    readonly name: string
    readonly code: string
    readonly exitCode: number
    readonly suggestions: readonly string[]
  }
}

describe('--json', () => {
  test.each(commands)('%s answers a wrong flag with one document and exit code 2', async (command) => {
    const {stdout, stderr, exitCode} = await runBuilt([...command.split(' '), '--no-such-flag', '--json'])

    const document = JSON.parse(stdout) as ErrorDocument
    expect(Object.keys(document)).toEqual(['error'])
    expect(document.error.exitCode).toBe(2)
    expect(stdout.length).toBeLessThan(1000)
    expect(stderr).toBe('')
    expect(exitCode).toBe(2)
  })

  test.each(Object.entries(enough))(
    '%s answers a machine without docker with one document and exit code 3',
    async (command, argv) => {
      const {stdout, exitCode} = await runBuilt([...command.split(' '), ...argv, '--json'])

      expect((JSON.parse(stdout) as ErrorDocument).error).toMatchObject({
        name: 'engine-missing',
        code: 'KL-2002',
        exitCode: 3,
      })
      expect(exitCode).toBe(3)
    },
  )

  test('an unknown command is one document too', async () => {
    const {stdout, exitCode} = await runBuilt(['craete', '--json'])

    expect((JSON.parse(stdout) as ErrorDocument).error).toMatchObject({
      name: 'unknown-command',
      suggestions: ['k8s-local create', 'k8s-local --help'],
    })
    expect(exitCode).toBe(2)
  })

  test('explain gives its text as a document', async () => {
    const {stdout, exitCode} = await runBuilt(['explain', 'KL-2003', '--json'])

    expect(JSON.parse(stdout)).toMatchObject({code: 'KL-2003', name: 'engine-unreachable', exitCode: 3})
    expect(exitCode).toBe(0)
  })
})

describe('without --json', () => {
  test('stdout stays empty when something is wrong, and stderr says what', async () => {
    const {stdout, stderr, exitCode} = await runBuilt(['list'])

    expect(stdout).toBe('')
    expect(stderr).toMatch(/^Error: /)
    expect(stderr).toContain('KL-2002')
    expect(exitCode).toBe(3)
  })

  test('an unknown command suggests the nearest', async () => {
    const {stdout, stderr, exitCode} = await runBuilt(['net', 'ad', 'macvlan'])

    expect(stdout).toBe('')
    expect(stderr).toContain('k8s-local net add')
    expect(exitCode).toBe(2)
  })

  test('nothing is asked without a terminal: all that is missing is named at once', async () => {
    const {stderr, exitCode} = await runBuilt(['pod', 'add'])

    expect(stderr).toContain('pod add needs NAME and --network NETWORK')
    expect(exitCode).toBe(2)
  })
})

test('a user who develops with NODE_ENV=development sees no warning of ours', async () => {
  const {stderr} = await runBuilt(['explain', 'KL-2003'], {NODE_ENV: 'development'})

  expect(stderr).toBe('')
})
