import {describe, expect, test} from 'vitest'
import {definitionChecks} from '../../src/checks/definition/index.ts'
import type {DefinitionCheck} from '../../src/checks/definition/findings.ts'
import type {Scene} from '../../src/checks/check.ts'
import type {SceneFinding} from '../../src/checks/surroundings.ts'
import {rules} from '../../src/lint/rules/index.ts'
import {judge, recorded, text, textOf, unseen} from './recorded.ts'

const all: readonly DefinitionCheck[] = Object.values(definitionChecks)

test('every rule of net lint belongs to exactly one check', () => {
  expect(all.flatMap((check) => check.rules).toSorted()).toEqual(rules.map(({code}) => code).toSorted())
})

describe('a check of what is written', () => {
  const finding = (other: Partial<SceneFinding> = {}): SceneFinding => ({
    rule: 'KL-L203',
    severity: 'error',
    on: 'default/odd',
    message: '"mode" is 5',
    fix: 'Write one of bridge, private',
    ...other,
  })
  const scene = (findings: readonly SceneFinding[], linted = {networks: 2, pods: 1}): Scene => ({
    cluster: 'dev',
    nodes: [],
    cni: 'cilium',
    multus: 'thin',
    networks: [],
    namespace: 'run',
    pods: [],
    nodesHere: true,
    nodeAccess: {by: 'engine'},
    surroundings: {findings, linted},
  })
  const check = definitionChecks['network-keys']
  const verdicts = (findings: readonly SceneFinding[]) => {
    const subjects = check.subjects(scene(findings))
    if ('skip' in subjects) throw new Error(subjects.skip)
    return subjects.map((subject) => ({...check.judge({}, subject), on: check.label(subject)}))
  }

  test('passes where nothing of it was found, and advice is no finding', () => {
    expect(verdicts([finding({rule: 'KL-L301'}), finding({severity: 'info'})])).toEqual([
      {status: 'pass', summary: 'nothing wrong in 2 networks and 1 pods', on: ''},
    ])
  })

  test('fails for each thing that is wrong, with the worst first and the rule to read about', () => {
    const second = finding({rule: 'KL-L202', severity: 'warn', message: '"mastr" is no key'})

    expect(verdicts([second, finding(), finding({on: 'pod default/web', severity: 'warn'})])).toEqual([
      {
        status: 'fail',
        summary: '"mode" is 5',
        evidence: ['KL-L202 "mastr" is no key', 'KL-L203 "mode" is 5'],
        cause: 'net lint says KL-L203: k8s-local explain KL-L203',
        fix: 'Write one of bridge, private',
        on: 'default/odd',
      },
      expect.objectContaining({status: 'warn', on: 'pod default/web'}),
    ])
  })

  test('says why there is nothing to judge', () => {
    expect(check.subjects(scene([], {networks: 0, pods: 0}))).toEqual({
      skip: 'there is no network to judge, and no pod asks for one',
    })
    const {surroundings: _, ...bare} = scene([])
    expect(check.subjects(bare)).toEqual({skip: 'networks are judged when the cluster runs'})
  })
})

test.each([
  ['network-valid', 'fail', 'cannot be read: it is not JSON'],
  ['network-types', 'warn', 'tuning hands out no addresses'],
  ['network-keys', 'fail', '"mode" is 5'],
  ['address-ranges', 'fail', '10.99.8.9 lies outside 10.99.7.0/24'],
  ['shared-ranges', 'fail', 'host-local hands out the same addresses on every node'],
] as const)('%s of a network that was written wrongly on a cluster: %s', (check, status, words) => {
  expect(judge(check, 'wrong')).toMatchObject({status, summary: expect.stringContaining(words)})
})

describe('master-on-nodes', () => {
  test('a master that is on every node passes', () => {
    expect(judge('master-on-nodes', 'healthy')).toEqual({status: 'pass', summary: 'eth1 is on all 3 nodes'})
  })

  test('one that no node has fails by the nodes', () => {
    expect(judge('master-on-nodes', 'wrong')).toMatchObject({
      status: 'fail',
      summary: 'eth7, the master, does not exist on broken-control-plane, broken-worker, broken-worker2',
    })
  })

  const links = textOf('master-on-nodes', 'healthy', 'dev-worker2 links')
  const addresses = textOf('master-on-nodes', 'healthy', 'dev-worker2 addresses')
  const down = text(links.replace(/^(\d+: eth1@\S+: <[^>]*)UP,LOWER_UP/m, '$1NO-CARRIER'))

  test('by hand: one that is down and no NIC of ours fails', () => {
    const {masters} = recorded('master-on-nodes', 'healthy').subject as unknown as {
      masters: readonly Readonly<Record<string, string>>[]
    }
    const strangers = masters.map((master) => ({...master, nics: []}))

    expect(
      judge('master-on-nodes', 'healthy', {
        subject: {masters: strangers},
        evidence: {'dev-worker2 links': down},
      }),
    ).toMatchObject({status: 'fail', summary: 'eth1 is down on dev-worker2'})
  })

  test('by hand: what is wrong with a NIC of ours is said by nics-connected', () => {
    const seen = {status: 'skip', summary: 'eth1 of dev-worker2: see nics-connected'}

    expect(judge('master-on-nodes', 'healthy', {evidence: {'dev-worker2 links': down}})).toEqual(seen)
    const gone = {
      'dev-worker2 links': text(links.replace(/^\d+: eth1@.*\n/m, '')),
      'dev-worker2 addresses': text(addresses.replace(/^\d+: eth1 .*\n/m, '')),
    }
    expect(judge('master-on-nodes', 'healthy', {evidence: gone})).toEqual(seen)
  })

  test('by hand: a NIC of ours that is called otherwise on one node is a missing master', () => {
    const renamed = {
      'dev-worker2 links': text(links.replaceAll('eth1@', 'eth9@')),
      'dev-worker2 addresses': text(addresses.replaceAll(/\beth1\b/g, 'eth9')),
    }

    expect(judge('master-on-nodes', 'healthy', {evidence: renamed})).toMatchObject({
      status: 'fail',
      summary: 'eth1, the master, does not exist on dev-worker2',
    })
  })

  test('a node that cannot be looked at is an error', () => {
    expect(judge('master-on-nodes', 'healthy', {evidence: {'dev-worker2 links': unseen}}).status).toBe('error')
  })
})

describe('mtu-fits', () => {
  test('a network that takes the MTU of its master passes where all nodes have the same', () => {
    expect(judge('mtu-fits', 'healthy')).toEqual({status: 'pass', summary: 'MTU 1500 on all 3 nodes'})
  })

  const lowered = {
    evidence: {
      'dev-worker2': text(
        textOf('mtu-fits', 'healthy', 'dev-worker2').replace(
          /(eth1@.* mtu )1500/,
          (_, before: string) => `${before}1400`,
        ),
      ),
    },
  }

  test('by hand: a master whose MTU was lowered on one node fails, for packets are lost there', () => {
    expect(judge('mtu-fits', 'healthy', lowered)).toMatchObject({
      status: 'fail',
      summary: 'pods on dev-worker2 get an MTU of 1400, and others 1500',
      cause: 'eth1 has MTU 1400 there: larger packets from other nodes are lost without a word',
    })
  })

  const wanting = (mtu: number) => {
    const {links} = recorded('mtu-fits', 'healthy').subject as unknown as {
      links: readonly Readonly<Record<string, string | number>>[]
    }
    return {links: links.map((link) => ({...link, mtu}))}
  }

  test('by hand: an MTU that the plugin would refuse fails, and one that fits everywhere passes', () => {
    expect(judge('mtu-fits', 'healthy', {...lowered, subject: wanting(1450)})).toMatchObject({
      status: 'fail',
      summary: 'MTU 1450 is larger than that of eth1 on dev-worker2, 1400',
      fix: 'set an MTU of at most 1400',
    })
    expect(judge('mtu-fits', 'healthy', {...lowered, subject: wanting(1400)}).status).toBe('pass')
  })

  test('by hand: a master that is not there is said by master-on-nodes', () => {
    expect(judge('mtu-fits', 'healthy', {evidence: {'dev-worker': text('')}})).toEqual({
      status: 'skip',
      summary: 'dev-worker has no eth1: see master-on-nodes',
    })
  })
})
