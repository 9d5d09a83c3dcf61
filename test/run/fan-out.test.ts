import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {type Branch, fanOut} from '../../src/run/images/fan-out.ts'

describe('fanOut', () => {
  test('gives every reader every byte, in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({minLength: 1, maxLength: 20}), {maxLength: 30}),
        fc.integer({min: 1, max: 4}),
        async (chunks, readers) => {
          const {branches, pump} = fanOut(sourceOf(chunks), readers, {signal: never(), buffer: 16})

          const [, ...read] = await Promise.all([pump(), ...branches.map(readAll)])

          expect(read).toEqual(Array.from({length: readers}, () => chunks.flatMap((chunk) => [...chunk])))
        },
      ),
      {numRuns: 60},
    )
  })

  test('reads no faster than the slowest reader', async () => {
    const source = countedSource(100, 10)
    const {branches, pump} = fanOut(source.stream, 2, {signal: never(), buffer: 30})
    const pumping = pump()
    const slow = branches[1]?.stream[Symbol.asyncIterator]()
    const fast = readAll(branches[0] as Branch)

    await settle()
    expect(source.read()).toBe(3)
    await slow?.next()
    await settle()
    expect(source.read()).toBe(4)

    branches[1]?.close()
    await pumping
    expect((await fast).length).toBe(1000)
  })

  test('goes on without a reader that has gone', async () => {
    const {branches, pump} = fanOut(countedSource(50, 10).stream, 2, {signal: never(), buffer: 20})
    const dead = (async () => {
      for await (const _ of branches[0]?.stream ?? []) break
    })()

    const [, alive] = await Promise.all([pump(), readAll(branches[1] as Branch), dead])

    expect(alive.length).toBe(500)
  })

  test('lets go of the source when no reader is left', async () => {
    const source = countedSource(1_000_000, 10)
    const {branches, pump} = fanOut(source.stream, 2, {signal: never(), buffer: 20})
    const pumping = pump()

    for (const branch of branches) branch.close()
    await pumping

    expect(source.read()).toBeLessThan(5)
    expect(source.closed()).toBe(true)
  })

  test('ends every reader with the fault of the source', async () => {
    const broken = (async function* () {
      yield new Uint8Array([1])
      throw new Error('disk gone')
    })()
    const {branches, pump} = fanOut(broken, 2, {signal: never()})

    const read = Promise.allSettled(branches.map(readAll))
    await pump()

    expect((await read).map((one) => one.status === 'rejected' && String(one.reason))).toEqual([
      'Error: disk gone',
      'Error: disk gone',
    ])
  })

  test('ends everything on abort, even while a reader sleeps', async () => {
    const abort = new AbortController()
    const source = countedSource(1_000_000, 10)
    const {branches, pump} = fanOut(source.stream, 2, {signal: abort.signal, buffer: 20})
    const pumping = pump()
    const reading = readAll(branches[0] as Branch)
    reading.catch(() => undefined)

    await settle()
    abort.abort(new Error('stop'))
    await pumping

    await expect(reading).rejects.toThrow('stop')
    expect(source.closed()).toBe(true)
  })

  test('tells how many bytes it has read', async () => {
    const told: number[] = []
    const {branches, pump} = fanOut(countedSource(3, 10).stream, 1, {
      signal: never(),
      onBytes: (done) => told.push(done),
    })

    await Promise.all([pump(), ...branches.map(readAll)])

    expect(told).toEqual([10, 20, 30])
  })
})

async function* sourceOf(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks
}

function countedSource(chunks: number, size: number) {
  let read = 0
  let closed = false
  const stream = (async function* () {
    try {
      for (; read < chunks; ) {
        read += 1
        yield new Uint8Array(size)
      }
    } finally {
      closed = true
    }
  })()
  return {stream, read: () => read, closed: () => closed}
}

async function readAll({stream}: Branch): Promise<readonly number[]> {
  const bytes: number[] = []
  for await (const chunk of stream) bytes.push(...chunk)
  return bytes
}

function never(): AbortSignal {
  return new AbortController().signal
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}
