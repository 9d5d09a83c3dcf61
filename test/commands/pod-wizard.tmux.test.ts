import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {type FakeCluster, startFakeCluster} from '../terminal/support/fake-cluster.ts'
import {homeOf, runBuilt} from './support/run-built.ts'
import {closeTerminals, hasTmux, openTerminal, typed} from './support/tmux.ts'

let home: string
let cluster: FakeCluster

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'k8s-local-tmux-'))
  cluster = await startFakeCluster()
})

afterEach(async () => {
  closeTerminals()
  await cluster.stop()
  rmSync(home, {recursive: true, force: true})
})

describe.skipIf(!hasTmux)('pod add in a terminal', () => {
  test('asks what is missing, names the networks that there are, and plans what the flags plan', async () => {
    const terminal = open(['pod', 'add', '--dry-run'])
    await terminal.answer('Name of the pod', ...typed('web'), 'Enter')
    await terminal.answer('Networks to attach: data, lan', ...typed('data@d0'), 'Enter')
    await terminal.answer('One more', 'Enter')
    await terminal.answer('What to make', 'Down', 'Enter')
    await terminal.answer('How many replicas', 'BSpace', '3', 'Enter')
    await terminal.answer('Node to run on', 'Enter')

    const answered = planIn(await terminal.shows(/exit code 0/))

    const flags = ['web', '--network', 'data@d0', '--as', 'deployment', '--replicas', '3']
    const {stdout} = await runBuilt(['pod', 'add', ...flags, '--dry-run', ...onFake()], environment())
    expect(answered).toBe(planIn(stdout))
    expect(answered).toContain('k8s.v1.cni.cncf.io/networks: data@d0')
  })

  test('asks for a pod neither replicas nor what was said already', async () => {
    const terminal = open(['pod', 'add', 'left', '--dry-run'])
    await terminal.answer('Networks to attach: data, lan', ...typed('lan'), 'Enter')
    await terminal.answer('One more', 'Enter')
    await terminal.answer('What to make', 'Enter')
    await terminal.answer('Node to run on', ...typed('fake-worker'), 'Enter')

    const screen = await terminal.shows(/exit code 0/)

    expect(screen).toContain('Create the pod default/left on fake-worker')
    expect(screen).not.toContain('How many replicas')
  })

  test('refuses at the question what the flag would refuse', async () => {
    const terminal = open(['pod', 'add', 'left', '--dry-run'])
    await terminal.answer('Networks to attach', ...typed('data@eth0'), 'Enter')

    expect(await terminal.shows(/already has an interface/)).toContain('a pod already has an interface eth0')
  })
})

function open(argv: readonly string[]) {
  return openTerminal([...argv, ...onFake()], {home, environment: environment()})
}

function onFake(): readonly string[] {
  return ['--context', 'kind-fake', '--kubeconfig', cluster.api.kubeconfig]
}

function environment(): Readonly<Record<string, string>> {
  // tmux itself is on PATH; docker may be, and is not asked for a context that was named.
  return {...homeOf(home), PATH: process.env.PATH ?? '', CI: ''}
}

/** The plan, from its title to its last step. */
function planIn(text: string): string {
  const plan = text.slice(text.indexOf('Add the Deployment')).split('exit code')[0] ?? ''
  return plan.replaceAll(/[ ]+$/gm, '').trimEnd()
}
