import {EventEmitter} from 'node:events'
import {describe, expect, test} from 'vitest'
import {makePlan} from '../../src/plan/make-plan.ts'
import {interruptedText, lastWords} from '../../src/terminal/last-words.ts'
import {listenForInterrupts} from '../../src/terminal/signals.ts'
import {plan as recorded} from './support/recorded-run.ts'

const record = {
  name: 'lab',
  kubernetes: 'v1.34.4',
  controlPlanes: 1,
  workers: 2,
  cni: 'cilium',
  cniVersion: '1.15.19',
  multus: 'thin',
  podSubnet: '',
  serviceSubnet: '',
  networks: [],
}
const begin = {
  id: 'begin-cluster',
  title: 'Note down',
  action: {type: 'begin-cluster', cluster: 'lab', record},
  after: [],
} as const
const plan = {...recorded, steps: [begin, ...recorded.steps]}

/** A process that is signalled by hand, and notes with which code it was left. */
function fakeProcess() {
  const codes: number[] = []
  const source = Object.assign(new EventEmitter(), {exit: (code: number) => codes.push(code)})
  return {source: source as unknown as NodeJS.Process, codes, signal: (name: string) => source.emit(name)}
}

describe('Ctrl-C', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('first stops the run and says so (%s)', (name) => {
    const {source, signal, codes} = fakeProcess()
    const said: string[] = []
    const interrupts = listenForInterrupts(
      {onFirst: () => said.push('first'), onSecond: () => said.push('second')},
      source,
    )

    signal(name)

    expect(interrupts.signal.aborted).toBe(true)
    expect(said).toEqual(['first'])
    expect(codes).toEqual([])
  })

  test('a second time leaves at once with 130, after the last words', () => {
    const {source, signal, codes} = fakeProcess()
    const said: string[] = []
    listenForInterrupts({onFirst: () => undefined, onSecond: () => said.push('last words')}, source)

    signal('SIGINT')
    signal('SIGTERM')

    expect(said).toEqual(['last words'])
    expect(codes).toEqual([130])
  })

  test('is nobody’s business after the command', () => {
    const {source} = fakeProcess()

    listenForInterrupts({onFirst: () => undefined, onSecond: () => undefined}, source).release()

    expect(['SIGINT', 'SIGTERM', 'SIGHUP'].map((name) => source.listenerCount(name))).toEqual([0, 0, 0])
  })
})

describe('the last words', () => {
  test('first announce the clean-up', () => {
    expect(interruptedText(plan)).toBe('Interrupted: cleaning up; Ctrl-C again leaves at once')
  })

  test('first name the command that removes what --keep-on-failure keeps', () => {
    expect(interruptedText({...plan, onFailure: []})).toBe(
      'Interrupted: what was made is kept; to remove it: k8s-local delete lab --yes',
    )
  })

  test('then name what is left behind and how to remove it', () => {
    expect(lastWords(plan)).toContain('k8s-local delete lab --yes')
  })

  test('are short when nothing can be left behind', () => {
    const harmless = makePlan({title: 'Look', cluster: 'lab', steps: [], timeoutSeconds: 1})

    expect(lastWords(harmless)).toBe('\nStopped')
  })
})
