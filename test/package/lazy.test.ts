import {spawnSync} from 'node:child_process'
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import type {Chunk} from '../../scripts/build/bundle.ts'

const {chunks} = JSON.parse(await readFile(join(import.meta.dirname, '../../.cache/build.json'), 'utf8')) as {
  chunks: Record<string, Chunk>
}

/** Packages that are loaded when they are needed and not before: each costs 8 to 26 ms at every start. */
const onDemand = ['execa', 'listr2', '@inquirer/core', '@inquirer/prompts', '@inquirer/select', 'yaml', 'ws']

describe('starting the program', () => {
  test.each(['cli.js', 'hooks/command-not-found.js'])(
    '%s loads none of the packages that are needed on demand',
    (entry) => {
      const loaded = packagesLoadedWith(entry)

      expect(loaded.filter((name) => onDemand.includes(name))).toEqual([])
    },
  )

  test('loads no more than 130 KB, most of it oclif', () => {
    const bytes = filesLoadedWith('cli.js').reduce((sum, file) => sum + (chunks[file]?.bytes ?? 0), 0)

    expect(packagesLoadedWith('cli.js')).toContain('@oclif/core')
    expect(bytes).toBeLessThan(130_000)
  })
})

describe('a start that only tells something', () => {
  test('of --version loads nothing of the bundle', () => {
    expect(filesLoadedBy('--version')).toEqual([])
  })

  test.each([[['--help']], [['create', '--help']], [['net']]])(
    'of %j loads what every start loads, and no more',
    (argv) => {
      const every = filesLoadedWith('cli.js')
      const loaded = filesLoadedBy(...argv)

      expect(loaded).toEqual(expect.arrayContaining([...every]))
      // oclif asks at every start whether this is Windows' Linux.
      expect(loaded.filter((file) => !every.includes(file) && !file.startsWith('chunks/wsl-utils-'))).toEqual([])
    },
  )
})

test('no command brings the prompts or the task list before it runs', () => {
  const commands = Object.keys(chunks).filter((file) => file.startsWith('commands/'))
  const early = commands.filter((file) =>
    packagesLoadedWith(file).some((name) => name === 'listr2' || name.startsWith('@inquirer/')),
  )

  expect(commands).not.toEqual([])
  expect(early).toEqual([])
})

test('planning a network brings the writer of YAML and neither its parser nor what only create needs', () => {
  const file = chunkNamed('plan-network')
  const loaded = filesLoadedWith(file)
  const parsers = Object.keys(chunks).filter((name) => name.startsWith('chunks/yaml-'))

  expect(packagesLoadedWith(file)).toContain('yaml')
  expect(parsers).not.toEqual([])
  expect(loaded).not.toEqual(expect.arrayContaining(parsers))
  expect(packagesLoadedWith(file).filter((name) => ['execa', 'semver', 'ws'].includes(name))).toEqual([])
})

test('the drivers bring no package before they are used', () => {
  const file = chunkNamed('real-drivers')

  expect(chunks[file]).toBeDefined()
  expect(packagesLoadedWith(file)).toEqual([])
})

/** Files of dist that a run has loaded by its end, on demand too. */
function filesLoadedBy(...argv: readonly string[]): readonly string[] {
  const root = join(import.meta.dirname, '../..')
  const program = ['--require', join(import.meta.dirname, 'print-loaded.cjs'), join(root, 'bin/run.js')]
  const {stderr} = spawnSync(process.execPath, [...program, ...argv], {encoding: 'utf8'})
  return stderr.split('\n').filter(Boolean)
}

/** Rolldown names a shared chunk after the first module in it. */
function chunkNamed(name: string): string {
  return Object.keys(chunks).find((file) => file.startsWith(`chunks/${name}-`)) ?? `no chunk named ${name}`
}

function packagesLoadedWith(entry: string): readonly string[] {
  return [...new Set(filesLoadedWith(entry).flatMap((file) => chunks[file]?.packages ?? []))]
}

function filesLoadedWith(entry: string, seen = new Set<string>()): readonly string[] {
  if (seen.has(entry) || !chunks[entry]) return [...seen]
  seen.add(entry)
  for (const next of chunks[entry].imports) filesLoadedWith(next, seen)
  return [...seen]
}
