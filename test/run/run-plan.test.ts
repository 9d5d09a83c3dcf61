import {describe, expect, test} from 'vitest'
import {Problem} from '../../src/problem.ts'
import type {RunEvent} from '../../src/run/events.ts'
import {runPlan} from '../../src/run/run-plan.ts'
import type {Ending, LastStep, Plan, Step} from '../../src/steps/step.ts'
import {makeFakeClock} from './fake-clock.ts'
import {container, fakeDrivers, fakeJournal, type FakeParts, record} from './fakes.ts'

const cniRequest = {
  check: 'cni-healthy',
  subject: {kind: 'DaemonSet', namespace: 'kube-system', name: 'cilium', cni: 'Cilium'},
}

describe('the order of a run', () => {
  test('starts each step as soon as all that it comes after are done', async () => {
    const {events} = await run([sleep('a', 2), sleep('b', 1), sleep('c', 1, ['b']), sleep('d', 1, ['a', 'c'])])

    expect(timeline(events)).toEqual([
      '0 started a',
      '0 started b',
      '1000 finished b',
      '1000 started c',
      '2000 finished a',
      '2000 finished c',
      '2000 started d',
      '3000 finished d',
    ])
  })

  test('names the chain of steps that took longest', async () => {
    const {outcome} = await run([
      sleep('a', 3),
      sleep('b', 1),
      sleep('c', 1, ['b', 'a']),
      sleep('d', 1, ['c']),
      sleep('e', 2),
    ])

    expect(outcome.criticalPath).toEqual(['a', 'c', 'd'])
    expect(outcome.seconds).toBe(5)
  })

  test('is already as asked when nothing was done but proving it', async () => {
    const proof: Step = {...sleep('b', 1, ['a']), proof: true}

    const {outcome} = await run([sleep('a', 1, [], 'already'), proof])

    expect(outcome.status).toBe('already')
  })

  test('is already as asked when every step found its work done', async () => {
    const {outcome} = await run([sleep('a', 1, [], 'already'), sleep('b', 1, ['a'], 'already')])

    expect(outcome.status).toBe('already')
    expect(outcome.steps.map(({status}) => status)).toEqual(['already', 'already'])
  })

  test('is done when one step had something to do', async () => {
    const {outcome} = await run([sleep('a', 1, [], 'already'), sleep('b', 1, ['a'])])

    expect(outcome.status).toBe('done')
  })

  test('holds the lock of the cluster until the end, clean-up included', async () => {
    const journal = fakeJournal()
    const held: boolean[] = []
    const parts = {journal, kubeconfig: {remove: async () => (held.push(journal.locked.has('demo')), true)}}

    await run([sleep('a', 1)], {parts, always: [cleanUp('tidy')]})

    expect(held).toEqual([true])
    expect(journal.locked.size).toBe(0)
  })

  test('does nothing at all while another run holds the lock', async () => {
    const busy = () => Promise.reject(new Problem('cluster-busy', {message: 'process 7 works on it'}))
    const {outcome, events} = await run([sleep('a', 1)], {
      parts: {journal: {...fakeJournal(), lock: busy}},
      onFailure: [cleanUp('undo')],
    })

    expect(outcome.status).toBe('failed')
    expect(outcome.problem?.name).toBe('cluster-busy')
    expect(timeline(events)).toEqual([])
  })
})

describe('a run that fails', () => {
  test('brings back only what it has begun to take away', async () => {
    const onFailure = [
      {...cleanUp('start-nodes'), ifStarted: ['stop']},
      {...cleanUp('install'), ifStarted: ['uninstall']},
    ]
    const {events} = await run([fail('stop', 1), sleep('uninstall', 1, ['stop'])], {onFailure})

    expect(timeline(events).filter((line) => / started /.test(line))).toEqual([
      '0 started stop',
      '1000 started start-nodes',
    ])
  })

  test('stops the other steps, undoes in order, and starts nothing more', async () => {
    const {events, outcome} = await run([fail('a', 1), sleep('b', 9), sleep('c', 1, ['a'])], {
      onFailure: [cleanUp('undo-1'), cleanUp('undo-2')],
      always: [cleanUp('tidy')],
    })

    expect(timeline(events)).toEqual([
      '0 started a',
      '0 started b',
      '1000 failed a: a is broken',
      '1000 stopped b',
      '1000 started undo-1',
      '1000 finished undo-1',
      '1000 started undo-2',
      '1000 finished undo-2',
      '1000 started tidy',
      '1000 finished tidy',
    ])
    expect(outcome.status).toBe('failed')
    expect(outcome.problem?.message).toBe('a is broken')
    expect(outcome.steps.map(({id, status}) => `${id} ${status}`)).toEqual([
      'a failed',
      'b stopped',
      'c not-started',
      'undo-1 done',
      'undo-2 done',
      'tidy done',
    ])
    expect(outcome.leftBehind).toBeUndefined()
  })

  test('tells the first of two failures, and shows both', async () => {
    const {events, outcome} = await run([fail('a', 1), fail('b', 1)])

    expect(outcome.problem?.message).toBe('a is broken')
    expect(timeline(events).filter((line) => line.includes('failed'))).toEqual([
      '1000 failed a: a is broken',
      '1000 failed b: b is broken',
    ])
  })

  test('goes on without a step that ignores that it should stop', async () => {
    const ends = {deaf: () => new Promise<never>(() => undefined)}
    const {outcome} = await run([fail('a', 1), sleep('deaf', 0.5)], {ends, onFailure: [cleanUp('undo')]})

    expect(outcome.status).toBe('failed')
    expect(outcome.seconds).toBe(21)
    expect(outcome.steps.map(({id, status}) => `${id} ${status}`)).toContain('undo done')
  })

  test('says what a clean-up could not remove, with the command that does', async () => {
    const parts = {
      kubeconfig: {remove: () => Promise.reject(new Problem('kubeconfig-unwritable', {message: 'read-only'}))},
    }
    const {outcome, events} = await run([fail('a', 1)], {parts, onFailure: [cleanUp('undo'), sleep('undo-2', 1)]})

    expect(outcome.problem?.message).toBe('a is broken')
    expect(outcome.leftBehind?.command).toBe('k8s-local delete demo --yes')
    expect(timeline(events)).toContain('2000 finished undo-2')
  })

  test('bounds each clean-up step', async () => {
    const parts = {kubeconfig: {remove: () => new Promise<never>(() => undefined)}}
    const {outcome} = await run([fail('a', 1)], {parts, onFailure: [cleanUp('stuck'), sleep('next', 1)]})

    expect(outcome.seconds).toBe(97)
    expect(outcome.leftBehind?.command).toBe('k8s-local delete demo --yes')
    expect(outcome.steps.at(-1)).toMatchObject({id: 'next', status: 'done'})
  })

  test('says what is kept when nothing is undone', async () => {
    const begin: Step = {...sleep('begin', 1), action: {type: 'begin-cluster', cluster: 'demo', record}}
    const {outcome} = await run([begin, fail('a', 1, ['begin'])])

    expect(outcome.leftBehind?.command).toBe('k8s-local delete demo --yes')
  })

  test('takes an unexpected error for a bug of ours', async () => {
    const {outcome} = await run([sleep('a', 1)], {ends: {a: () => Promise.reject(new TypeError('x is undefined'))}})

    expect(outcome.problem?.name).toBe('internal-error')
    expect(outcome.problem?.cause).toContain('x is undefined')
  })

  test('does not look for objects that it never made', async () => {
    const namespace = {apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'probe'}}
    const apply: Step = {...sleep('apply', 1, ['a']), action: {type: 'apply-objects', objects: [namespace]}}
    const remove: Step = {
      ...sleep('remove', 1),
      action: {type: 'delete-objects', objects: [{apiVersion: 'v1', kind: 'Namespace', name: 'probe'}]},
    }
    const {outcome} = await run([fail('a', 1), apply], {always: [remove]})

    expect(outcome.leftBehind).toBeUndefined()
    expect(outcome.steps.some(({id}) => id === 'remove')).toBe(false)
  })

  test('leaves objects alone that went with their cluster', async () => {
    const namespace = {apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'probe'}}
    const apply: Step = {...sleep('apply', 1), action: {type: 'apply-objects', objects: [namespace]}}
    const remove: Step = {
      ...sleep('remove', 1),
      action: {type: 'delete-objects', objects: [{apiVersion: 'v1', kind: 'Namespace', name: 'probe'}]},
    }
    const removeNodes: Step = {...sleep('nodes', 1), action: {type: 'delete-kind-cluster', cluster: 'demo'}}
    const parts = {kubernetes: {apply: async () => 'created' as const}, engine: {containers: async () => []}}
    const {outcome} = await run([apply, fail('a', 1, ['apply'])], {parts, onFailure: [removeNodes], always: [remove]})

    expect(outcome.steps.map(({id}) => id)).toEqual(['apply', 'a', 'nodes'])
    expect(outcome.leftBehind).toBeUndefined()
  })

  test('has a diagnosis where its last step made one, and none where that failed', async () => {
    const collecting: Step = {...sleep('look', 1), action: {type: 'collect-diagnosis', folder: '/out/diagnosis-demo'}}
    const files = (found: readonly string[] | undefined): FakeParts => ({
      files: {
        find: async () => found,
        read: async () => '{}',
        write: async () => undefined,
        paths: {packageRoot: '/p', cache: '/c', state: '/state', kubeconfig: '/k'},
      },
      engine: {
        containers: async () => [],
        networks: async () => [],
        info: () => Promise.reject(new Problem('engine-missing', {message: 'no docker'})),
      },
      kubernetes: {get: async () => ({items: []})},
    })

    const made = await run([fail('a', 1)], {always: [collecting], parts: files(undefined)})
    const refused = await run([fail('a', 1)], {always: [collecting], parts: files(['README.md'])})

    expect([made.outcome.status, made.outcome.diagnosis]).toEqual(['failed', '/out/diagnosis-demo'])
    expect([refused.outcome.status, refused.outcome.diagnosis]).toEqual(['failed', undefined])
  })

  test('keeps the log that the clean-up would remove', async () => {
    const written = new Map([['/state/demo/kind.log', 'kubeadm said no']])
    const problem = new Problem('kind-failed', {message: 'kind failed', log: '/state/demo/kind.log'})
    const parts: FakeParts = {
      files: {
        read: async (file) => written.get(file),
        write: async (file, text) => void written.set(file, text),
        paths: {packageRoot: '/p', cache: '/c', state: '/state', kubeconfig: '/k'},
      },
    }
    const {outcome} = await run([sleep('a', 1)], {parts, ends: {a: () => Promise.reject(problem)}})

    expect(outcome.problem?.log).toBe('/state/logs/demo-kind.log')
    expect(written.get('/state/logs/demo-kind.log')).toBe('kubeadm said no')
  })
})

describe('a run that is ended from outside', () => {
  test('stops, undoes, and is interrupted', async () => {
    const {events, outcome} = await run([sleep('a', 9), sleep('b', 1, ['a'])], {
      interruptAfter: 3,
      onFailure: [cleanUp('undo')],
      always: [cleanUp('tidy')],
    })

    expect(timeline(events)).toEqual([
      '0 started a',
      '3000 stopped a',
      '3000 started undo',
      '3000 finished undo',
      '3000 started tidy',
      '3000 finished tidy',
    ])
    expect(outcome.status).toBe('interrupted')
    expect(outcome.problem?.name).toBe('interrupted')
  })

  test('starts nothing when it was interrupted before', async () => {
    const {events, outcome} = await run([sleep('a', 9)], {interruptAfter: 0})

    expect(outcome.status).toBe('interrupted')
    expect(timeline(events)).toEqual([])
  })

  test('ends at the plan’s deadline, and says what was last seen', async () => {
    const {outcome} = await run([sleep('a', 1), waitForNodes('b', 500, ['a'])], {
      timeoutSeconds: 5,
      parts: {engine: {containers: async () => [container('demo-control-plane', {state: 'created'})]}},
    })

    expect(outcome.status).toBe('failed')
    expect(outcome.problem?.name).toBe('wait-timeout')
    expect(outcome.problem?.message).toBe('Not finished within 5 s')
    expect(outcome.problem?.cause).toBe('Step b: demo-control-plane: created')
    expect(outcome.seconds).toBe(5)
  })
})

describe('checks', () => {
  test('give their verdicts to the outcome, and one that failed decides the status', async () => {
    const parts = {kubernetes: {get: async () => ({status: {desiredNumberScheduled: 3, numberAvailable: 1}})}}
    const {outcome, events} = await run([{...sleep('a', 1), action: {type: 'check', request: cniRequest}}], {parts})

    expect(outcome.problem).toBeUndefined()
    expect(outcome.status).toBe('checks-failed')
    expect(outcome.checks).toHaveLength(1)
    expect(events.find(({type}) => type === 'check-finished')).toMatchObject({step: 'a', result: outcome.checks[0]})
  })
})

describe('what ends a run', () => {
  const failing: Step = {...sleep('look', 1), action: {type: 'check', request: cniRequest}}
  const parts: FakeParts = {
    kubernetes: {get: async () => ({status: {desiredNumberScheduled: 3, numberAvailable: 1}})},
  }
  const hidden: FakeParts = {
    kubernetes: {get: () => Promise.reject(new Problem('api-forbidden', {message: 'not allowed to look'}))},
  }
  /** Runs that end in each way. */
  const ends: Readonly<Record<Ending, (always: readonly LastStep[]) => ReturnType<typeof run>>> = {
    done: (always) => run([sleep('a', 1)], {always}),
    'checks-failed': (always) => run([failing], {always, parts}),
    'checks-unjudged': (always) => run([failing], {always, parts: hidden}),
    failed: (always) => run([fail('a', 1)], {always}),
    interrupted: (always) => run([sleep('a', 9)], {always, interruptAfter: 3}),
  }
  const all = Object.keys(ends) as Ending[]

  test.each(all)('comes after the ends that it is for, and after no other: %s', async (ending) => {
    const always = [{...cleanUp('every'), when: all}, ...all.map((one): LastStep => ({...cleanUp(one), when: [one]}))]

    const {events, outcome} = await ends[ending](always)

    expect(started(events)).toEqual(expect.arrayContaining(['every', ending]))
    expect(started(events)).toHaveLength(3)
    expect(outcome.status).toBe(ending)
  })

  test('comes after a run that took too long, as after one that failed', async () => {
    const always: readonly LastStep[] = [
      {...cleanUp('kept'), when: ['done', 'checks-failed']},
      {...cleanUp('tidy'), when: ['failed']},
    ]
    const {events} = await run([sleep('a', 9)], {always, timeoutSeconds: 3})

    expect(started(events)).toEqual(['a', 'tidy'])
  })

  test('says what it keeps, with the command that removes it', async () => {
    const sweep: LastStep = {
      ...sleep('sweep', 1),
      action: {type: 'delete-objects', objects: [{apiVersion: 'v1', kind: 'Namespace', name: 'probe'}]},
      when: ['done', 'failed', 'interrupted'],
      byHand: 'k8s-local verify demo --cleanup',
    }

    const {outcome} = await run([failing], {parts, always: [sweep]})

    expect(outcome.status).toBe('checks-failed')
    expect(outcome.leftBehind).toEqual({what: 'Namespace probe', command: 'k8s-local verify demo --cleanup'})
  })
})

describe('checks that nobody could judge', () => {
  test('decide the status only where none failed', async () => {
    const subject = {kind: 'DaemonSet', namespace: 'kube-system', name: 'cilium', cni: 'Cilium'}
    const check = (id: string, name: string): Step => ({
      ...sleep(id, 1),
      action: {type: 'check', request: {check: 'cni-healthy', subject: {...subject, name}}},
    })
    const parts = {
      kubernetes: {
        get: async (path: string) => {
          if (path.endsWith('hidden')) throw new Problem('api-forbidden', {message: 'not allowed to look'})
          return {status: {desiredNumberScheduled: 3, numberAvailable: 1}}
        },
      },
    }
    const {outcome} = await run([check('a', 'hidden')], {parts})
    const {outcome: failed} = await run([check('a', 'hidden'), check('b', 'cilium')], {parts})

    expect(outcome.checks.map(({status}) => status)).toEqual(['error'])
    expect(outcome.status).toBe('checks-unjudged')
    expect(failed.status).toBe('checks-failed')
  })
})

interface Options {
  readonly parts?: FakeParts
  /** By step: what happens after its seconds. */
  readonly ends?: Readonly<Record<string, () => Promise<never>>>
  readonly onFailure?: readonly Step[]
  readonly always?: readonly LastStep[]
  readonly timeoutSeconds?: number
  /** Seconds. */
  readonly interruptAfter?: number
}

async function run(steps: readonly Step[], options: Options = {}) {
  const {parts = {}, ends = {}, onFailure = [], always = [], timeoutSeconds = 600, interruptAfter} = options
  const clock = makeFakeClock()
  const downloads: FakeParts['downloads'] = {
    fetch: async ({reference = '{}'}, {signal}) => {
      const script = JSON.parse(reference) as Script
      await clock.sleep(script.seconds * 1000, script.end === 'fail' ? undefined : signal)
      await ends[script.id]?.()
      if (script.end === 'fail') throw new Problem('program-failed', {message: `${script.id} is broken`})
      return {file: '/file', already: script.end === 'already'}
    },
  }
  const events: RunEvent[] = []
  const interrupt = new AbortController()
  if (interruptAfter === 0) interrupt.abort()
  else if (interruptAfter !== undefined) void clock.sleep(interruptAfter * 1000).then(() => interrupt.abort())

  const plan: Plan = {title: 'Try', cluster: 'demo', steps, onFailure, always, timeoutSeconds}
  const drivers = fakeDrivers({kubeconfig: {remove: async () => false}, clock, downloads, ...parts})
  const outcome = await runPlan(plan, {drivers, emit: (event) => events.push(event), signal: interrupt.signal})

  expect(events[0]).toEqual({type: 'run-started', plan})
  expect(events.at(-1)).toEqual({type: 'run-finished', outcome})
  return {outcome, events}
}

interface Script {
  readonly id: string
  readonly seconds: number
  readonly end: 'done' | 'already' | 'fail'
}

/** A step that takes its time: `fail` ends in an error, whatever the signal says. */
function sleep(id: string, seconds: number, after: readonly string[] = [], end: Script['end'] = 'done'): Step {
  const reference = JSON.stringify({id, seconds, end} satisfies Script)
  const artifact = {
    name: 'kind',
    type: 'program',
    version: 'v1',
    platform: 'linux/amd64',
    reference,
    origin: {kind: 'engine'},
  } as const
  return {
    id,
    title: `Step ${id}`,
    action: {type: 'fetch-artifact', artifact: {...artifact, origin: {kind: 'online', source: ''}}},
    after,
  }
}

function fail(id: string, seconds: number, after: readonly string[] = []): Step {
  return sleep(id, seconds, after, 'fail')
}

function cleanUp(id: string): Step {
  return {
    id,
    title: `Step ${id}`,
    action: {type: 'remove-kubeconfig-entries', cluster: 'demo', file: '/home/kubeconfig'},
    after: [],
  }
}

function waitForNodes(id: string, timeoutSeconds: number, after: readonly string[]): Step {
  const readiness = {type: 'nodes-running', nodes: ['demo-control-plane']} as const
  return {id, title: `Step ${id}`, action: {type: 'wait', for: readiness, timeoutSeconds, onTimeout: 'fail'}, after}
}

function started(events: readonly RunEvent[]): readonly string[] {
  return events.flatMap((event) => (event.type === 'step-started' ? [event.step] : []))
}

/** `time event step`, without the run's own events and without notes. */
function timeline(events: readonly RunEvent[]): readonly string[] {
  return events.flatMap((event) => {
    if (!('at' in event)) return []
    const problem = event.type === 'step-failed' ? `: ${event.problem.message}` : ''
    return [`${event.at} ${event.type.replace('step-', '')} ${event.step}${problem}`]
  })
}
