import {describe, expect, test, vi} from 'vitest'
import {chooseReporter} from '../../src/terminal/reporters/choose-reporter.ts'
import {linesReporter} from '../../src/terminal/reporters/lines.ts'
import {ndjsonReporter} from '../../src/terminal/reporters/ndjson.ts'
import type {Reporter} from '../../src/terminal/reporters/reporter.ts'
import {taskListReporter} from '../../src/terminal/reporters/task-list.ts'
import {type FakeClock, makeFakeClock} from './support/fake-clock.ts'
import {type FakeSink, makeFakeSink} from './support/fake-sink.ts'
import {badRun, goodRun, type Timed} from './support/recorded-run.ts'
import {makeSurroundings} from './support/surroundings.ts'

describe('lines', () => {
  test.each([
    ['a good run', goodRun, 'lines-good-run'],
    ['a bad run', badRun, 'lines-bad-run'],
  ])('of %s: a start, an end, and every 30 s what is waited for', async (_, run, golden) => {
    const sink = makeFakeSink()
    const clock = makeFakeClock()

    await play(run, linesReporter(sink, clock), clock)

    await expect(sink.text()).toMatchFileSnapshot(`../golden/terminal/${golden}.txt`)
  })

  test('end a check with its verdict', () => {
    const sink = makeFakeSink()
    const reporter = linesReporter(sink, makeFakeClock())
    const check = {
      id: 'check:nodes',
      title: 'Node is Ready: lab',
      action: {type: 'check', request: {check: 'nodes', subject: 'lab'}},
      after: [],
    } as const
    const result = {
      check: 'nodes',
      title: 'Node is Ready',
      subject: 'lab',
      status: 'fail',
      summary: 'NotReady',
      seconds: 1,
    } as const

    reporter.emit({
      type: 'run-started',
      plan: {title: 'Verify', cluster: 'lab', steps: [check], onFailure: [], always: [], timeoutSeconds: 9},
    })
    reporter.emit({type: 'step-started', step: check.id, at: 0})
    reporter.emit({type: 'check-finished', step: check.id, result})
    reporter.emit({type: 'step-finished', step: check.id, at: 1000, already: false})

    const words = sink
      .text()
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/).slice(2).join(' '))
    expect(words).toEqual(['run Verify (1 step)', 'start Node is Ready: lab', 'fail Node is Ready (lab): NotReady'])
  })

  test('says nothing more once it is closed', async () => {
    const sink = makeFakeSink()
    const clock = makeFakeClock()
    await play(goodRun.slice(0, 5), linesReporter(sink, clock), clock)
    const before = sink.text()

    await clock.advance(120_000)

    expect(sink.text()).toBe(before)
  })
})

describe('ndjson', () => {
  test('is one event per line, as it is', async () => {
    const sink = makeFakeSink()
    const clock = makeFakeClock()

    await play(goodRun, ndjsonReporter(sink), clock)

    const events = sink
      .text()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown)
    expect(events).toEqual(goodRun.map(([, event]) => event))
  })

  test('keeps a notice on a line of its own kind', () => {
    const sink = makeFakeSink()

    ndjsonReporter(sink).notice('cleaning up')

    expect(JSON.parse(sink.text())).toEqual({type: 'notice', text: 'cleaning up'})
  })
})

describe('the task list', () => {
  test('shows parallel steps below their group, with notes and elapsed seconds', async () => {
    const {sink} = await draw(goodRun.slice(0, 8))

    await expect(lastFrame(sink)).toMatchFileSnapshot('../golden/terminal/tasks-amid.txt')
  })

  test('leaves a line for each group when all went well', async () => {
    const {sink, close} = await draw(goodRun)
    await close()

    await expect(lastFrame(sink)).toMatchFileSnapshot('../golden/terminal/tasks-good-run.txt')
  })

  test('leaves what failed in sight, and the clean-up', async () => {
    const {sink, close} = await draw(badRun)
    await close()

    await expect(lastFrame(sink)).toMatchFileSnapshot('../golden/terminal/tasks-bad-run.txt')
  })

  test('hears no signal and shows the cursor again', async () => {
    const before = process.listenerCount('SIGINT')

    const {sink, close} = await draw(goodRun.slice(0, 4))
    const during = process.listenerCount('SIGINT')
    await close()

    expect(during).toBe(before)
    expect(sink.raw().lastIndexOf('\u001B[?25h')).toBeGreaterThan(sink.raw().lastIndexOf('\u001B[?25l'))
  })
})

describe('--progress auto', () => {
  const kindOf = async (options: Parameters<typeof makeSurroundings>[0]) => {
    const {surroundings, stderr} = makeSurroundings(options)
    const reporter = await chooseReporter('auto', surroundings, makeFakeClock())
    reporter.emit({
      type: 'run-started',
      plan: {title: 'T', cluster: 'c', steps: [], onFailure: [], always: [], timeoutSeconds: 1},
    })
    await reporter.close()
    return stderr.text().includes('run') ? 'lines' : 'tasks'
  }

  test.each([
    {where: 'a terminal', options: {tty: true}, kind: 'tasks'},
    {where: 'a pipe', options: {tty: false}, kind: 'lines'},
    {where: 'a build server with a terminal', options: {tty: true, env: {CI: 'true'}}, kind: 'lines'},
    {where: 'a terminal that cannot redraw', options: {tty: true, env: {TERM: 'dumb'}}, kind: 'lines'},
  ])('on $where is $kind', async ({options, kind}) => {
    expect(await kindOf(options)).toBe(kind)
  })
})

async function play(run: readonly Timed[], reporter: Reporter, clock: FakeClock): Promise<void> {
  for (const [wait, event] of run) {
    await clock.advance(wait)
    reporter.emit(event)
  }
  await reporter.close()
}

async function draw(run: readonly Timed[]): Promise<{readonly sink: FakeSink; readonly close: () => Promise<void>}> {
  const sink = makeFakeSink({isTTY: true, columns: 80})
  const clock = makeFakeClock()
  const reporter = taskListReporter(sink as unknown as NodeJS.WriteStream, clock)
  for (const [wait, event] of run) {
    await clock.advance(wait)
    reporter.emit(event)
  }
  // listr2 loads what it draws with, and then draws by a timer of its own, every 100 ms.
  await vi.waitUntil(() => sink.raw() !== '', {timeout: 10_000})
  await new Promise((resolve) => setTimeout(resolve, 120))
  return {sink, close: () => reporter.close()}
}

/** What stands on the screen: all that was written since the last time the list was erased, its spinner as a dot. */
function lastFrame(sink: FakeSink): string {
  // eslint-disable-next-line no-control-regex
  const frames = sink.raw().split(/(?:\u001B\[2K(?:\u001B\[1A)?)+\u001B\[G/)
  // eslint-disable-next-line no-control-regex
  const frame = (frames.at(-1) ?? '').replaceAll(/\u001B\[[?\d;]*[A-Za-z]/g, '')
  return `${frame.replaceAll(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/g, '·').trim()}\n`
}
