import {describe, expect, test} from 'vitest'
import {batchLooks} from '../../../src/run/batch/batch-looks.ts'
import {fakeContext, finished} from '../fakes.ts'

const pod = {namespace: 'v', name: 'a'}

/** A place that runs sheets as a shell would: each program prints its own words. */
function place() {
  const execs: (readonly string[])[] = []
  const exec = async (argv: readonly string[]) => {
    execs.push(argv)
    return argv[0] === 'sh' ? finished(sheetOf(argv.slice(5))) : finished(argv.join(' '))
  }
  return {execs, exec}
}

function sheetOf(words: readonly string[]): string {
  const mark = '\n--8<-- k8s-local sheet\n'
  const parts: string[] = []
  for (let at = 0; at < words.length; ) {
    const count = Number(words[at])
    parts.push(`0\n${words.slice(at + 1, at + 1 + count).join(' ')}`, '')
    at += count + 1
  }
  return [...parts.map((part) => mark + part), mark].join('')
}

describe('looks of one moment', () => {
  test('at one pod are one exec, and each gets its own answer', async () => {
    const {execs, exec} = place()
    const client = await batchLooks(fakeContext({kubernetes: {exec: (_, argv) => exec(argv)}})).kubernetes()

    const answers = await Promise.all([
      client.exec(pod, ['ip', 'addr']),
      client.exec(pod, ['ip', 'link']),
      client.exec(pod, ['ip', 'addr']),
    ])

    expect(answers.map(({stdout}) => stdout)).toEqual(['ip addr', 'ip link', 'ip addr'])
    expect(execs).toHaveLength(1)
  })

  test('at several nodes are one exec each', async () => {
    const {execs, exec} = place()
    const {drivers} = batchLooks(fakeContext({engine: {exec: (_, argv) => exec(argv)}}))

    await Promise.all(
      ['n1', 'n2'].flatMap((node) => [drivers.engine.exec(node, ['ls']), drivers.engine.exec(node, ['id'])]),
    )

    expect(execs).toHaveLength(2)
  })

  test('share the answer to one question to the API, and a failure is not kept', async () => {
    let asked = 0
    const get = async () => {
      asked += 1
      if (asked === 1) throw new Error('not now')
      return {asked}
    }
    const client = await batchLooks(fakeContext({kubernetes: {get}})).kubernetes()

    await expect(Promise.all([client.get('/a'), client.get('/a')])).rejects.toThrow('not now')
    expect(await Promise.all([client.get('/a'), client.get('/a')])).toEqual([{asked: 2}, {asked: 2}])
  })

  test('of whom one gives up leave the others their answer', async () => {
    const {exec} = place()
    const client = await batchLooks(fakeContext({kubernetes: {exec: (_, argv) => exec(argv)}})).kubernetes()
    const given = new AbortController()

    const gone = client.exec(pod, ['ip', 'addr'], {signal: given.signal})
    const stays = client.exec(pod, ['ip', 'link'])
    given.abort(new Error('enough'))

    await expect(gone).rejects.toThrow('enough')
    expect((await stays).stdout).toBe('ip link')
  })

  test('where there is no shell are one exec each, and share no signal that all would listen to', async () => {
    const signals: unknown[] = []
    const exec = async (argv: readonly string[], signal?: AbortSignal) => {
      if (argv[0] === 'sh') return {...finished(''), exitCode: 127}
      signals.push(signal)
      return finished(argv.join(' '))
    }
    const kubernetes = {
      exec: (_: unknown, argv: readonly string[], how: {signal?: AbortSignal} = {}) => exec(argv, how.signal),
    }
    const client = await batchLooks(fakeContext({kubernetes})).kubernetes()

    const answers = await Promise.all([client.exec(pod, ['ip', 'addr']), client.exec(pod, ['ip', 'link'])])

    expect(answers.map(({stdout}) => stdout)).toEqual(['ip addr', 'ip link'])
    expect(new Set(signals).size).toBe(2)
  })
})
