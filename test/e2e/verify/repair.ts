import {afterAll, beforeAll, expect, test} from 'vitest'
import type {Outcome} from '../../../src/run/events.ts'
import type {Plan} from '../../../src/steps/step.ts'
import {documentOf, mustExit} from '../support/cli.ts'
import {kubectl} from '../support/cluster.ts'
import {interfacesOf, podsWith} from '../support/in-namespace.ts'
import type {Stage, Suite} from '../support/stage.ts'
import type {Damage} from './damages/damage.ts'
import {damages} from './damages/index.ts'
import {makeVictims, victimNamespace} from './damages/victims.ts'
import {troubles, verdictsOf} from './verdicts.ts'

const patience = {timeoutSeconds: 400} as const

/** Each damage is named with what is to be done about it, mended, and gone: for verify, for the pods, and for a second repair. */
export const repair: Suite = (stage) => {
  const command = (...words: readonly string[]) => ['repair', ...stage.at, ...words, '--json']

  beforeAll(async () => {
    await makeVictims(stage)
    await attached(stage)
  }, 120_000)
  afterAll(async () => {
    await kubectl(stage.cluster, ['delete', 'namespace', victimNamespace, '--timeout=60s'], 70)
  }, 80_000)

  const possible = damages.filter(({modes}) => modes?.includes(stage.multus) ?? true)
  test.each(possible.map((damage) => [damage.title, damage] as const))('%s', {timeout: 900_000}, async (_, damage) => {
    try {
      await damage.inject(stage)
      const {notes = []} = documentOf<Plan>(await mustExit(0, stage.home, command('--dry-run')))
      expect(notes.join('\n')).toMatch(damage.named)
      expect(await leftAlone(damage)).toMatch(damage.left ?? /^$/)
    } finally {
      const mended = documentOf<Outcome>(await mustExit(0, stage.home, command('--yes'), patience))
      expect(mended.status).toBe('done')
    }
    const again = documentOf<Outcome>(await mustExit(0, stage.home, command()))
    expect([again.status, again.steps]).toEqual(['already', []])
    await attached(stage)
    expect(troubles(await verdictsOf(stage)).filter(({status}) => status !== 'warn')).toEqual([])
  })

  /** What a repair says that nobody has agreed to; empty where nobody has to. */
  async function leftAlone({left}: Damage): Promise<string> {
    if (left === undefined) return ''
    return failures(documentOf<Outcome>(await mustExit(1, stage.home, command(), patience)))
  }
}

function failures({checks}: Outcome): string {
  return checks
    .filter(({status}) => status === 'fail')
    .map(({check, subject, summary, fix = ''}) => `${check} (${subject}): ${summary}; ${fix}`)
    .join('\n')
}

/** All pods are Ready, and have their second interface by the kernel's account, not by an annotation. */
async function attached({cluster}: Stage): Promise<void> {
  const ready = ['wait', '-n', victimNamespace, 'pod', '--all', '--for=condition=Ready', '--timeout=90s']
  await kubectl(cluster, ready, 100)
  const pods = await podsWith(cluster, victimNamespace, 'victim=yes')
  expect(pods).toHaveLength(3)
  for (const name of pods) {
    const nics = await interfacesOf(cluster, {namespace: victimNamespace, name})
    expect([name, nics.map((nic) => nic.name).toSorted()]).toEqual([name, ['eth0', 'net1']])
  }
}
