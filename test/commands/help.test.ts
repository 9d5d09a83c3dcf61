import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {runBuilt} from './support/run-built.ts'

const manifest = JSON.parse(await readFile(join(import.meta.dirname, '../../oclif.manifest.json'), 'utf8')) as {
  readonly commands: Readonly<Record<string, {readonly examples?: readonly string[]}>>
}
const commands = Object.keys(manifest.commands).map((id) => id.replaceAll(':', ' '))

const withoutVersion = (text: string) => text.replaceAll(/k8s-local\/\S+ \S+ \S+/g, 'k8s-local/VERSION')

describe('help', () => {
  test('of the program shows examples and every command', async () => {
    const {stdout, exitCode} = await runBuilt(['--help'])

    await expect(withoutVersion(stdout)).toMatchFileSnapshot('../golden/help/k8s-local.txt')
    for (const command of commands) expect(stdout).toContain(`  ${command} `)
    expect(exitCode).toBe(0)
  })

  test.each(commands)('of %s has its examples on top, within 80 columns', async (command) => {
    const {stdout, exitCode} = await runBuilt([...command.split(' '), '--help'])

    await expect(stdout).toMatchFileSnapshot(`../golden/help/${command.replaceAll(' ', '-')}.txt`)
    expect(stdout.indexOf('EXAMPLES')).toBeLessThan(stdout.indexOf('USAGE'))
    expect(stdout.indexOf('EXAMPLES')).toBeGreaterThan(0)
    expect(stdout).not.toContain('<%')
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
    expect(exitCode).toBe(0)
  })

  test.each([[['help', 'net', 'add']], [['net', 'add', '-h']], [['net', 'add', 'macvlan', '--help']]])(
    'is also had by %j',
    async (argv) => {
      const {stdout} = await runBuilt(argv)

      expect(stdout).toBe(await readFile(join(import.meta.dirname, '../golden/help/net-add.txt'), 'utf8'))
    },
  )

  test('of a topic lists its commands', async () => {
    const {stdout} = await runBuilt(['net'])

    for (const command of ['net add', 'net list', 'net remove']) expect(stdout).toContain(command)
  })

  test('every command has at least two examples', () => {
    const few = Object.entries(manifest.commands).filter(([, {examples = []}]) => examples.length < 2)

    expect(few.map(([id]) => id)).toEqual([])
  })
})
