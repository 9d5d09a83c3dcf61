import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest'
import type {RunEvent} from '../../src/run/events.ts'
import type {Step} from '../../src/steps/step.ts'
import {documentOf, type Running, startCli, story} from './support/cli.ts'
import {kindContainers} from './support/engine.ts'
import {type Home, makeHome, removeHome} from './support/home.ts'
import {say} from './support/log.ts'
import {tracesOf, volumesLeft, volumesOf} from './support/traces.ts'

const cluster = 'e2e-interrupt'
const createCommand = [
  'create',
  cluster,
  '--workers',
  '1',
  '--network',
  'lan',
  '--yes',
  '--json',
  '--progress',
  'ndjson',
]

/** A moment of `create`, recognized in what it says; `seconds` later the signal goes out, so that it hits work under way. */
interface Phase {
  readonly phase: string
  readonly at: (event: RunEvent, steps: readonly Step[]) => boolean
  readonly seconds: number
  readonly to: 'program' | 'group'
}

const importing: Phase = {
  phase: 'images are imported',
  at: starts((step) => step.action.type === 'import-images'),
  seconds: 1,
  to: 'program',
}

/** From a warm node image nothing is imported. */
const isWarm = process.env.K8S_LOCAL_WARM === 'use'

const phases: readonly Phase[] = [
  {phase: 'before kind starts', at: (event) => event.type === 'run-started', seconds: 0, to: 'program'},
  {phase: 'kind prepares nodes', at: notes(/preparing nodes/i), seconds: 0.5, to: 'program'},
  {phase: 'kind writes configuration', at: notes(/writing configuration/i), seconds: 0, to: 'group'},
  {phase: 'kind starts the control plane', at: notes(/starting control-plane/i), seconds: 2, to: 'program'},
  {phase: 'kind joins workers', at: notes(/joining worker nodes/i), seconds: 1, to: 'group'},
  ...(isWarm ? [] : [importing]),
  {
    phase: 'the CNI is installed',
    at: starts((step) => ['install-chart', 'apply-manifest'].includes(step.action.type)),
    seconds: 1,
    to: 'group',
  },
  {
    phase: 'Multus rolls out',
    at: starts((step) => step.action.type === 'wait' && JSON.stringify(step.action.for).includes('multus')),
    seconds: 0.5,
    to: 'program',
  },
  {phase: 'verify runs', at: starts((step) => step.action.type === 'check'), seconds: 0.5, to: 'program'},
]

describe('Ctrl-C during create', () => {
  let home: Home
  let running: Running | undefined
  beforeAll(() => void (home = makeHome()))
  afterAll(() => removeHome(home))
  // A case that failed half way must not leave its program to the next one.
  afterEach(async () => {
    running?.signal('SIGTERM', 'program')
    await running?.finished.catch(() => undefined)
  })

  test.each(phases.map((phase) => [phase.phase, phase] as const))(
    'leaves nothing when it comes while %s',
    async (phase, {at, seconds, to}) => {
      const create = startCli(home, createCommand)
      running = create
      await create.until(phase, (event) => at(event, stepsOf(create)), 240)
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
      const volumes = await volumesOf(cluster)
      const before = await kindContainers(cluster)

      const sent = Date.now()
      create.signal('SIGINT', to)
      const finished = await create.finished

      say(
        `SIGINT while ${phase}: ${before.length} nodes then; exit ${finished.exitCode} after ${(Date.now() - sent) / 1000} s`,
      )
      expect(finished.exitCode, story(finished)).toBe(130)
      expect(documentOf<{status: string}>(finished).status).toBe('interrupted')
      expect(await tracesOf(cluster, home), story(finished)).toEqual([])
      expect(await volumesLeft(volumes)).toEqual([])
    },
  )
})

function notes(text: RegExp): Phase['at'] {
  return (event) => event.type === 'step-note' && text.test(event.note)
}

function starts(fits: (step: Step) => boolean): Phase['at'] {
  return (event, steps) => event.type === 'step-started' && steps.some((step) => step.id === event.step && fits(step))
}

function stepsOf(running: Running): readonly Step[] {
  return running.events.flatMap((event) => (event.type === 'run-started' ? event.plan.steps : []))
}
