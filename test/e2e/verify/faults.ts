import {beforeAll, expect, test} from 'vitest'
import type {Stage, Suite} from '../support/stage.ts'
import type {Fault} from './faults/fault.ts'
import {allFaults} from './faults/index.ts'
import {recordFault, recordHealthy} from './record.ts'
import {troubles, verdictsOf} from './verdicts.ts'

/** Each fault is injected, found by exactly the checks that it is about with the right cause, and healed; nothing is wrong before and after. */
export const faults: Suite = (stage) => {
  /** What a healthy cluster is warned of. */
  let usual: readonly string[] = []

  beforeAll(async () => {
    const verdicts = await verdictsOf(stage)
    expect(verdicts.filter(({status}) => status === 'fail' || status === 'error')).toEqual([])
    usual = troubles(verdicts).map(({check}) => check)
    await recordHealthy(stage)
  })

  // Again where a busy machine has added a finding of its own: what a fault is about must be found, and nothing else.
  test.each(titled(faultsFor(stage).filter(isTried)))('%s', {retry: 2}, async (_, fault) => {
    try {
      await fault.inject(stage)
      const found = troubles(await verdictsOf(stage, {...fault, flags: flagsFor(fault)})).filter(
        ({check}) => !usual.includes(check),
      )
      const expected = [...Object.keys(fault.fails), ...(fault.follows ?? [])]
      const names = new Set(found.map(({check}) => check).filter((check) => !fault.mayFollow?.includes(check)))
      expect([...names].toSorted(), words(found)).toEqual(expected.toSorted())
      for (const [check, cause] of Object.entries(fault.fails)) {
        const named = found.filter((verdict) => verdict.check === check)
        expect(words(named)).toMatch(cause)
        await recordFault(stage, {title: fault.title, check, subject: named[0]?.subject ?? ''})
      }
    } finally {
      await fault.heal(stage)
    }
  })

  const untried = faultsFor(stage).filter((fault) => !isTried(fault))
  const reasons = untried.map(({title, impossible = onlyOnDemand}) => `${title}: ${impossible}`)
  test.skipIf(untried.length > 0).each(reasons)('%s', () => undefined)

  test('nothing of all that is left', async () => {
    expect(troubles(await verdictsOf(stage)).filter(({check}) => !usual.includes(check))).toEqual([])
  })
}

/** `$title` would be cut after 40 characters. */
function titled(some: readonly Fault[]): readonly (readonly [string, Fault])[] {
  return some.map((fault) => [fault.title, fault])
}

function isTried({slow, impossible}: Fault): boolean {
  return impossible === undefined && (slow !== true || process.env.K8S_LOCAL_FAULTS === 'all')
}

const onlyOnDemand = 'takes minutes, so it is tried with K8S_LOCAL_FAULTS=all alone'

/** With thick Multus only what is peculiar to it: the rest has been tried with thin. */
function faultsFor({cni, multus}: Stage): readonly Fault[] {
  const about = allFaults.filter((fault) => (fault.cni ?? cni) === cni)
  return about.filter(({modes}) => (multus === 'thin' ? (modes?.includes('thin') ?? true) : modes?.join() === 'thick'))
}

/** What is refused is proven by 20 s of waiting for it; where a fault is not about that, it is left out. */
function flagsFor({tier, fails, flags = []}: Fault): readonly string[] {
  const isAbout = Object.keys(fails).some((check) => check.startsWith('refused-'))
  return tier === 'default' && !isAbout ? [...flags, '--check', '!refusal'] : flags
}

function words(verdicts: ReturnType<typeof troubles>): string {
  return verdicts
    .map(({check, status, subject, summary, cause = ''}) => `${check} ${status} (${subject}): ${summary}; ${cause}`)
    .join('\n')
}
