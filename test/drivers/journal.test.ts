import {execFile, spawn} from 'node:child_process'
import {existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs'
import {hostname} from 'node:os'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {describe, expect, test} from 'vitest'
import {createJournal} from '../../src/drivers/journal.ts'
import type {ClusterRecord} from '../../src/steps/action.ts'
import {problemOf} from './problem-of.ts'
import {scratchFolder} from './scratch.ts'

const record: ClusterRecord = {
  name: 'lab',
  kubernetes: 'v1.34.4',
  controlPlanes: 1,
  workers: 2,
  cni: 'cilium',
  cniVersion: '1.15.19',
  multus: 'thin',
  podSubnet: '10.244.0.0/16',
  serviceSubnet: '10.96.0.0/16',
  networks: [],
}
const scratch = scratchFolder()
let count = 0

function setUp() {
  const state = join(scratch, String((count += 1)))
  return {state, journal: createJournal(state)}
}

describe('the journal', () => {
  test('remembers a cluster and how far it came, for its owner’s eyes only', async () => {
    const {journal, state} = setUp()
    expect(await journal.read('lab')).toBeUndefined()
    expect(await journal.list()).toEqual([])

    await journal.begin('lab', record)
    expect(await journal.read('lab')).toEqual({record, phase: 'creating', kubeconfigs: []})

    await journal.mark('lab', 'complete')
    expect(await journal.read('lab')).toEqual({record, phase: 'complete', kubeconfigs: []})
    expect(await journal.list()).toEqual(['lab'])
    expect(statSync(journal.file('lab', 'cluster.json')).mode & 0o777).toBe(0o600)
    expect(journal.file('lab', 'kubeconfig')).toBe(join(state, 'clusters', 'lab', 'kubeconfig'))
  })

  test('remembers each kubeconfig that got the context, also when the cluster is begun again', async () => {
    const {journal} = setUp()
    await journal.begin('lab', record)
    for (const file of ['/home/u/.kube/config', '/tmp/other', '/tmp/other']) await journal.noteKubeconfig('lab', file)
    await journal.begin('lab', {...record, workers: 3})

    expect((await journal.read('lab'))?.kubeconfigs).toEqual(['/home/u/.kube/config', '/tmp/other'])
  })

  test('reads what an earlier release has written', async () => {
    const {journal} = setUp()
    await journal.begin('lab', record)
    writeFileSync(journal.file('lab', 'cluster.json'), JSON.stringify({record, phase: 'complete'}))

    expect(await journal.read('lab')).toEqual({record, phase: 'complete', kubeconfigs: []})
  })

  test('names the process that works on a cluster, as long as it does', async () => {
    const {journal} = setUp()
    expect(await journal.holder('lab')).toBeUndefined()
    const release = await journal.lock('lab')
    expect(await journal.holder('lab')).toMatchObject({pid: process.pid, host: hostname()})
    await release()

    expect(await journal.holder('lab')).toBeUndefined()
  })

  test('forgets a cluster with all that was kept for it, also twice', async () => {
    const {journal} = setUp()
    await journal.begin('lab', record)
    writeFileSync(journal.file('lab', 'kind.log'), '')

    await journal.forget('lab')
    await journal.forget('lab')

    expect(existsSync(journal.file('lab', ''))).toBe(false)
  })

  test.each(['', '{', '{"phase":"done"}', 'null'])('takes a file that says %j for no journal', async (text) => {
    const {journal} = setUp()
    await journal.begin('lab', record)
    writeFileSync(journal.file('lab', 'cluster.json'), text)

    expect(await journal.read('lab')).toBeUndefined()
  })
})

describe('the lock of a cluster', () => {
  test('is held by one, names its holder to others, and can be taken again', async () => {
    const {journal, state} = setUp()
    const release = await journal.lock('lab')

    const problem = await problemOf(journal.lock('lab'))
    expect(problem.name).toBe('cluster-busy')
    expect(problem.message).toContain(`process ${process.pid}`)
    await (await journal.lock('other'))()

    await release()
    await (await journal.lock('lab'))()
    expect(readdirSync(join(state, 'locks'))).toEqual([])
  })

  test('of a process that is dead is taken over', async () => {
    const {journal, state} = setUp()
    const child = spawn('true')
    await new Promise((resolve) => child.once('exit', resolve))
    mkdirSync(join(state, 'locks'), {recursive: true})
    writeFileSync(join(state, 'locks', 'lab.lock'), JSON.stringify({pid: child.pid, host: hostname(), started: '1'}))

    await (await journal.lock('lab'))()
  })

  test('of a process whose id was given to another one is taken over', async () => {
    const {journal, state} = setUp()
    mkdirSync(join(state, 'locks'), {recursive: true})
    writeFileSync(join(state, 'locks', 'lab.lock'), JSON.stringify({pid: process.pid, host: hostname(), started: '1'}))

    await (await journal.lock('lab'))()
  })

  test.each([
    ['another machine', JSON.stringify({pid: 1, host: 'elsewhere', started: '1'})],
    ['somebody unknown', 'not ours'],
  ])('of %s stays', async (_who, text) => {
    const {journal, state} = setUp()
    mkdirSync(join(state, 'locks'), {recursive: true})
    writeFileSync(join(state, 'locks', 'lab.lock'), text)

    expect((await problemOf(journal.lock('lab'))).suggestions.join()).toContain('rm ')
    expect(readFileSync(join(state, 'locks', 'lab.lock'), 'utf8')).toBe(text)
  })

  test('is never held by two of many processes that find a dead one at once', {timeout: 60_000}, async () => {
    const {state} = setUp()
    mkdirSync(join(state, 'locks'), {recursive: true})
    writeFileSync(join(state, 'locks', 'lab.lock'), JSON.stringify({pid: 4_194_000, host: hostname(), started: '1'}))
    const log = join(state, 'log')
    const script = join(import.meta.dirname, 'lock-contender.ts')

    await Promise.all(
      Array.from({length: 4}, () =>
        promisify(execFile)(process.execPath, ['--import', 'tsx', script, state, log], {
          cwd: join(import.meta.dirname, '..', '..'),
        }),
      ),
    )

    const entries = readFileSync(log, 'utf8').trim().split('\n')
    expect(entries).toHaveLength(40)
    for (let at = 0; at < entries.length; at += 2) expect(entries[at + 1]).toBe(entries[at]?.replace('in', 'out'))
  })
})
