import {execFileSync, spawnSync} from 'node:child_process'
import {homedir} from 'node:os'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {judgeFile} from '../../scripts/hygiene/judge-file.ts'
import {machinePaths} from '../../scripts/hygiene/machine-paths.ts'
import {hostsIn} from '../../scripts/hygiene/registry-hosts.ts'
import {temporaryTree} from './temporary-tree.ts'

const traces = {hosts: ['packages.example.test'], paths: ['/build/area']}
const clean = {findings: [], warnings: []}

describe('a tracked file', () => {
  test('may be about anything else', () => {
    expect(judgeFile({path: 'src/plan/order.ts', text: "const home = '/etc/kubernetes'\n"}, traces)).toEqual(clean)
  })

  test('names no registry host', () => {
    const {findings} = judgeFile({path: 'docs/setup.md', text: 'first\nhttps://packages.example.test/simple\n'}, traces)

    expect(findings).toEqual(["docs/setup.md:2: names a package registry's host (packages.example.test)"])
  })

  test.each(['/build/area', '/build/area/main', 'cd /build/area && ls', '"/build/area"'])(
    'names no folder of this machine: %s',
    (text) => {
      expect(judgeFile({path: 'lab/build', text}, traces).findings).toEqual([
        'lab/build:1: names a folder of this machine (/build/area)',
      ])
    },
  )

  test.each(['/build/areas', '/build/area-2', '/opt/build/area', '$ROOT/build/area'])(
    'may name a folder that only looks alike: %s',
    (text) => {
      expect(judgeFile({path: 'lab/build', text}, traces)).toEqual(clean)
    },
  )

  test.each(['utils.ts', 'string-helpers.ts', 'common.ts', 'cluster-manager.ts'])('is not called %s', (name) => {
    expect(judgeFile({path: `src/run/${name}`, text: ''}, traces).findings).toHaveLength(1)
  })

  test('leaves no mark for later in code', () => {
    expect(judgeFile({path: 'src/run/a.ts', text: '// TODO: more'}, traces).findings).toHaveLength(1)
  })

  test('of src is warned about when it is long', () => {
    const {findings, warnings} = judgeFile({path: 'src/run/long.ts', text: 'x\n'.repeat(250)}, traces)

    expect(findings).toEqual([])
    expect(warnings).toHaveLength(1)
  })
})

describe('the traces of a machine', () => {
  test('are the home, the repository and the folder around it', () => {
    expect(machinePaths('/build/area/main', '/people/ada')).toEqual(['/people/ada', '/build/area/main', '/build/area'])
  })

  test('leave out folders that every machine has', () => {
    expect(machinePaths('/tmp/clone', '/')).toEqual(['/tmp/clone'])
  })

  test('are hosts of any URL, without credentials and ports', () => {
    const text =
      'https://a.example.test/npm/\nhttps://user:secret@b.example.test:8080/go|https://c.example.test,direct\nlocal http://127.0.0.1:1/'

    expect(hostsIn(text)).toEqual(['a.example.test', 'b.example.test', 'c.example.test'])
  })
})

test('the check ends with 1 for a new file that names the home folder', async () => {
  const root = await temporaryTree({'notes.md': `see ${join(homedir(), 'notes')}\n`})
  execFileSync('git', ['init', '--quiet'], {cwd: root})

  const {status, stderr} = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/check-hygiene.ts', root], {
    encoding: 'utf8',
  })

  expect(status).toBe(1)
  expect(stderr).toContain('notes.md:1: names a folder of this machine')
})
