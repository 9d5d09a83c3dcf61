import {spawnSync} from 'node:child_process'
import {chmodSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {getentFilter} from '../../src/templates/getent-filter.ts'

/** What a node's getent answers when the line of an extra network comes first in /etc/hosts. */
const answers: Readonly<Record<string, readonly string[]>> = {
  'ahostsv4 dev-worker': [
    '172.30.0.3      STREAM dev-worker',
    '172.30.0.3      DGRAM  ',
    '172.30.0.3      RAW    ',
    '172.18.0.4      STREAM dev-worker',
    '172.18.0.4      DGRAM  ',
    '172.18.0.4      RAW    ',
  ],
  'ahosts dev-worker': ['fd00::3         STREAM dev-worker', '172.30.0.3      STREAM ', '172.18.0.4      STREAM '],
  'ahostsv6 dev-worker': ['fd00::3         STREAM dev-worker', '::ffff:172.30.0.3 STREAM '],
  'hosts dev-worker': ['172.30.0.3      dev-worker', '172.18.0.4      dev-worker'],
  'ahostsv4 dev-worker2': ['172.30.0.4      STREAM dev-worker2', '172.18.0.5      STREAM dev-worker2'],
  'passwd nobody': ['nobody:x:65534:65534:nobody:/nonexistent:/bin/false'],
  '-s files hosts dev-worker': ['172.30.0.3      dev-worker'],
  '': ['usage'],
}

let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'getent-'))
  const cases = Object.entries(answers).map(
    ([asked, lines]) => `'${asked}') printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')} ;;`,
  )
  writeFileSync(
    join(folder, 'getent'),
    `#!/bin/sh\ncase "$*" in\n${cases.join('\n')}\n*) echo nothing >&2; exit 2 ;;\nesac\n`,
  )
  chmodSync(join(folder, 'getent'), 0o755)
  writeFileSync(join(folder, 'hostname'), 'dev-worker\n')
})

afterAll(() => rmSync(folder, {recursive: true, force: true}))

function ask(
  subnets: readonly string[],
  ...args: readonly string[]
): {readonly status: number | null; readonly lines: readonly string[]; readonly stderr: string} {
  const filter = join(folder, 'filter')
  writeFileSync(filter, getentFilter({subnets, getent: join(folder, 'getent'), hostname: join(folder, 'hostname')}))
  const {status, stdout, stderr} = spawnSync('sh', [filter, ...args], {encoding: 'utf8', timeout: 10_000})
  return {status, lines: stdout.split('\n').filter((line) => line !== ''), stderr}
}

describe('asked for its own address, a node', () => {
  test.each(['ahostsv4', 'ahosts', 'hosts'])('hears nothing of extra networks (%s)', (database) => {
    const {status, lines} = ask(['172.30.0.0/24', '172.31.0.0/16'], database, 'dev-worker')

    expect(status).toBe(0)
    expect(lines).toEqual(answers[`${database} dev-worker`]?.filter((line) => !line.startsWith('172.30.')))
    expect(lines.length).toBeGreaterThan(0)
  })

  test.each([
    ['172.30.0.0/30', false],
    ['172.30.0.4/30', true],
    ['172.30.0.3/32', false],
    ['172.16.0.0/13', true],
    ['172.24.0.0/13', false],
    ['172.30.0.0/16', false],
  ])('and the extra network %s: its address is kept, %s', (subnet, kept) => {
    expect(ask([subnet], 'hosts', 'dev-worker').lines.some((line) => line.startsWith('172.30.0.3'))).toBe(kept)
  })

  test('still has an address when all of them are of extra networks', () => {
    expect(ask(['172.16.0.0/12'], 'ahostsv4', 'dev-worker').lines).toEqual(answers['ahostsv4 dev-worker'])
  })

  test('hears everything when there is no extra network', () => {
    expect(ask([], 'ahostsv4', 'dev-worker').lines).toEqual(answers['ahostsv4 dev-worker'])
  })
})

describe('everything else is answered as ever', () => {
  test.each([
    ['ahostsv4', 'dev-worker2'],
    ['ahostsv6', 'dev-worker'],
    ['passwd', 'nobody'],
    ['-s', 'files', 'hosts', 'dev-worker'],
    [],
  ])('%s %s', (...args) => {
    expect(ask(['172.30.0.0/24'], ...args).lines).toEqual(answers[args.join(' ')])
  })

  test('a failure keeps its exit code and its words', () => {
    expect(ask(['172.30.0.0/24'], 'ahostsv4', 'nowhere')).toEqual({status: 2, lines: [], stderr: 'nothing\n'})
  })

  test('a failure about the own name too', () => {
    const filter = join(folder, 'filter')
    writeFileSync(join(folder, 'other'), 'nameless\n')
    writeFileSync(
      filter,
      getentFilter({subnets: ['172.30.0.0/24'], getent: join(folder, 'getent'), hostname: join(folder, 'other')}),
    )

    expect(spawnSync('sh', [filter, 'ahostsv4', 'nameless'], {timeout: 10_000}).status).toBe(2)
  })
})
