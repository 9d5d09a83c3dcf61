import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import type {RunEvent} from '../../../src/run/events.ts'
import {documentOf, type Finished, k8sLocal, type Running, startCli, story} from '../support/cli.ts'
import {eventually, kubectl} from '../support/cluster.ts'
import {applyManifest} from '../support/in-namespace.ts'
import {program} from '../support/program.ts'
import type {Stage, Suite} from '../support/stage.ts'
import {openTerminal} from '../support/terminal.ts'

const ownSpace = 'ci-broken'

/** What stays of a run of verify, when it should and when not, and what removes it. */
export const leftovers: Suite = (stage) => {
  const {cluster, home, at} = stage
  const cleanUp = ['verify', ...at, '--cleanup']

  beforeAll(() => run(stage, cleanUp))

  describe('a run that is ended from outside leaves nothing', () => {
    const phases: readonly (readonly [string, (event: RunEvent) => boolean])[] = [
      ['the namespace is made', (event) => event.type === 'step-started' && event.step === 'probe-namespace'],
      ['probe pods start', (event) => event.type === 'step-started' && event.step === 'probe-pods-ready'],
      ['checks look into pods', (event) => event.type === 'step-started' && /^check:(attach|reach)/.test(event.step)],
    ]

    test.each(phases)('by Ctrl-C while %s', async (phase, fits) => {
      const running = await startVerify(stage, phase, fits)
      running.signal('SIGINT', 'program')
      const finished = await running.finished

      expect(finished.exitCode, story(finished)).toBe(130)
      expect(documentOf(finished)).not.toHaveProperty('leftBehind')
      await untilGone(stage, spaceOf(running))
    })

    test('because its time is up', async () => {
      const running = await startVerify(stage, 'probe pods start', phases[1]?.[1] ?? (() => false), ['--timeout', '3s'])
      const finished = await running.finished

      expect(finished.exitCode, story(finished)).toBe(4)
      await untilGone(stage, spaceOf(running))
    })
  })

  describe('a run that is to be kept', () => {
    test('stays, and is removed by the command that it names; then there is nothing to remove', async () => {
      const kept = await run(stage, [
        'verify',
        ...at,
        '--network',
        'default/lan',
        '--quick',
        '--keep',
        'always',
        '--json',
      ])
      const {leftBehind} = documentOf<{leftBehind: {what: string; command: string}}>(kept)
      const [space = ''] = /k8s-local-verify-\w+/.exec(leftBehind.what) ?? []
      expect(await spaces(stage)).toContain(space)
      expect(leftBehind.command).toBe(`k8s-local verify ${cluster} --cleanup`)

      const shown = await run(stage, [...leftBehind.command.split(' ').slice(1), '--dry-run'])
      expect(shown.stdout).toContain(`Namespace ${space}`)
      expect(await spaces(stage)).toContain(space)

      expect((await run(stage, leftBehind.command.split(' ').slice(1))).stdout).toContain('done in')
      expect(await spaces(stage)).not.toContain(space)
      expect((await run(stage, cleanUp)).stdout).toContain('already as asked')
    })

    test('is left alone by --cleanup while it goes on', async () => {
      const running = await startVerify(
        stage,
        'probe pods start',
        (event) => event.type === 'step-started' && event.step === 'probe-pods-ready',
      )

      const refused = await k8sLocal(home, cleanUp)

      expect(refused.exitCode, story(refused)).toBe(6)
      expect(await spaces(stage)).toContain(spaceOf(running))
      await running.finished
    })
  })

  describe('a check that fails', () => {
    beforeAll(() => applyManifest(cluster, [namespace(), brokenNetwork()]))
    afterAll(async () => void (await kubectl(cluster, ['delete', 'namespace', ownSpace])))
    const failing = ['verify', ...at, '--network', `${ownSpace}/broken`, '--quick']

    test('leaves nothing where nobody looks on', async () => {
      const finished = await run(stage, [...failing, '--json'], 1)

      expect(documentOf(finished)).not.toHaveProperty('leftBehind')
    })

    test('leaves its probe pods on a terminal, with the command that removes them', async () => {
      const terminal = openTerminal(home, `${process.execPath} ${program} ${failing.join(' ')}`)
      try {
        const screen = await terminal.shows(/remove +k8s-local verify .*--cleanup/, 120)
        const [space = ''] = /Namespace (k8s-local-verify-\w+)/.exec(screen)?.slice(1) ?? []
        expect(await spaces(stage)).toContain(space)
      } finally {
        terminal.close()
      }
      await run(stage, cleanUp)
    })
  })
}

/** Runs it to its end; again, where somebody else works on the cluster. Throws when it ends with another code. */
async function run({home}: Stage, argv: readonly string[], exitCode = 0): Promise<Finished> {
  const finished = await eventually(`k8s-local ${argv.join(' ')}`, 300, async () => {
    const end = await k8sLocal(home, argv)
    if (end.exitCode === 6) throw new Error('somebody else works on the cluster')
    return end
  })
  if (finished.exitCode !== exitCode) throw new Error(`expected exit ${exitCode}\n${story(finished)}`)
  return finished
}

/** Starts verify and waits for a moment of it. Where somebody else works on the cluster, it begins again. */
async function startVerify(
  {home, at}: Stage,
  phase: string,
  fits: (event: RunEvent) => boolean,
  flags: readonly string[] = [],
): Promise<Running> {
  for (;;) {
    const running = startCli(home, ['verify', ...at, '--quick', ...flags, '--json', '--progress', 'ndjson'])
    const failure = await running.until(phase, fits, 60).then(
      () => undefined,
      (error: unknown) => error,
    )
    if (failure === undefined) return running
    const busy = await running.finished.then((end: Finished) => end.exitCode === 6)
    if (!busy) throw failure
    await new Promise((resolve) => setTimeout(resolve, 2000))
  }
}

function spaceOf({events}: Running): string {
  return /k8s-local-verify-\w+/.exec(JSON.stringify(events.find(({type}) => type === 'run-started')))?.[0] ?? ''
}

/** Namespaces of runs, those left out that are going. */
async function spaces({cluster}: Stage): Promise<readonly string[]> {
  const text = await kubectl(cluster, ['get', 'namespaces', '-l', 'k8s-local.dev/run', '-o', 'json'])
  const {items} = JSON.parse(text) as {
    readonly items: readonly {readonly metadata: {readonly name: string; readonly deletionTimestamp?: string}}[]
  }
  return items.filter(({metadata}) => metadata.deletionTimestamp === undefined).map(({metadata}) => metadata.name)
}

/** The namespace controller takes some seconds to empty a namespace that is marked. */
async function untilGone({cluster}: Stage, space: string): Promise<void> {
  expect(space).not.toBe('')
  await kubectl(cluster, ['wait', '--for=delete', `namespace/${space}`, '--timeout=30s'])
}

function namespace(): object {
  return {apiVersion: 'v1', kind: 'Namespace', metadata: {name: ownSpace}}
}

function brokenNetwork(): object {
  return {
    apiVersion: 'k8s.cni.cncf.io/v1',
    kind: 'NetworkAttachmentDefinition',
    metadata: {name: 'broken', namespace: ownSpace},
    spec: {config: '{"type": '},
  }
}
