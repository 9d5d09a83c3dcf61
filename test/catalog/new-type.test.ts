import {execFileSync, spawnSync} from 'node:child_process'
import {cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

const root = join(import.meta.dirname, '../..')

/** A type as somebody would write it: an option of its own, one that others have too, and one that it cannot do without. */
const file = `
import {ownLink} from '../kernel-link.ts'
import {configOf} from '../option.ts'
import {mtu} from './mtu-option.ts'
import type {NetworkOption} from './network-option.ts'

const options = {
  mtu,
  colour: {kind: 'choice', choices: {red: 'warm', blue: 'cold'}, default: 'red', ask: 'Colour', describe: 'Colour of the wire'},
  wireLength: {kind: 'integer', min: 1, max: 100, ask: 'Length', describe: 'Length of the wire', required: true, config: 'len'},
} as const satisfies NetworkOption['options']

export const wire = {
  title: 'wire',
  summary: 'a wire',
  plugins: ['wire'],
  link: ownLink({kind: 'wire'}),
  spansNodes: false,
  hasMaster: false,
  subnet: 'own',
  nodeIsGateway: false,
  veth: false,
  unfitIpams: {none: 'a wire needs addresses'},
  options,
  toConfig: ({options: values}) => ({type: 'wire', ...configOf(options, values)}),
  lint: () => [],
} as const satisfies NetworkOption
`

describe('a new network type', () => {
  let folder = ''

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'k8s-local-type-'))
    for (const part of ['bin', 'src', 'manifests', 'package.json', 'tsconfig.json'])
      cpSync(join(root, part), join(folder, part), {recursive: true})
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    writeFileSync(join(folder, 'src/catalog/network/wire.ts'), file)
    addLines(join(folder, 'src/catalog/network/index.ts'))
  })

  afterAll(() => rmSync(folder, {recursive: true, force: true}))

  const run = (...argv: readonly string[]) =>
    spawnSync(process.execPath, [join(folder, 'bin/dev.js'), 'net', 'add', ...argv], {
      encoding: 'utf8',
      // No engine is on this PATH: the network is shown for a cluster that is only imagined.
      env: {HOME: folder, PATH: join(folder, 'nothing')},
    })

  test('is its file and its line in the index: it compiles, and every registry knows it', () => {
    execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '--noEmit', '-p', folder], {
      encoding: 'utf8',
    })
  })

  test('has its options as flags, and its configuration printed', () => {
    const {stdout, status} = run('wire', 'thin', '--wire-length', '7', '--mtu', '1400', '--output', 'json')

    expect(status).toBe(0)
    const {spec} = JSON.parse(stdout) as {readonly spec: {readonly config: string}}
    expect(JSON.parse(spec.config)).toMatchObject({type: 'wire', mtu: 1400, colour: 'red', len: 7})
  })

  test('tells what it lacks, and what goes wrong with it, as any other', () => {
    const {stderr, status} = run(
      'wire',
      'thin',
      '--mode',
      'l2',
      '--colour',
      'green',
      '--ipam',
      'none',
      '--output',
      'json',
    )

    expect(status).toBe(2)
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain("--colour: 'green' is not one of red, blue")
    expect(stderr).toContain('a wire network has no mode; these have: macvlan, ipvlan')
    expect(stderr).toContain('a wire network needs it: Length of the wire')
    expect(stderr).toContain('none does not go with wire: a wire needs addresses')
  })

  test('is explained in the help', () => {
    const {stdout} = run('--help')

    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('Colour of the wire (wire)')
  })
})

/** The import, and the line in the registry. */
function addLines(index: string): void {
  const text = readFileSync(index, 'utf8')
  writeFileSync(index, `import {wire} from './wire.ts'\n${text.replace('  sriov,\n', '  sriov,\n  wire,\n')}`)
}
