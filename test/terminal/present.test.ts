import {describe, expect, test} from 'vitest'
import type {Outcome} from '../../src/run/events.ts'
import type {ClusterStatus} from '../../src/run/queries/cluster-status.ts'
import type {CheckResult} from '../../src/steps/check-request.ts'
import {secondsText} from '../../src/terminal/amounts.ts'
import {presentChecks} from '../../src/terminal/present-checks.ts'
import {presentClusters} from '../../src/terminal/present-clusters.ts'
import {presentNetworks} from '../../src/terminal/present-networks.ts'
import {presentFailure, presentResult} from '../../src/terminal/present-outcome.ts'
import {presentPods} from '../../src/terminal/present-pods.ts'
import {presentStatus} from '../../src/terminal/present-status.ts'
import {plainStyle} from '../../src/terminal/style.ts'
import {done, failed} from './support/recorded-run.ts'

const page = {width: 80, style: plainStyle}

function golden(text: string, name: string): Promise<void> {
  return expect(`${text}\n`).toMatchFileSnapshot(`../golden/terminal/${name}.txt`)
}

const checks: readonly CheckResult[] = [
  {
    check: 'nodes',
    title: 'Node is Ready',
    subject: 'lab-worker',
    status: 'pass',
    summary: 'Ready, kubelet v1.34.4',
    seconds: 0.1,
  },
  {
    check: 'reach',
    title: 'Pods reach each other',
    subject: 'probe-1 -> probe-2 over data',
    status: 'fail',
    summary: '0 of 5 pings over net1 came back from 172.30.0.34',
    evidence: [
      'PING 172.30.0.34 (172.30.0.34) from 172.30.0.33 net1',
      '5 packets transmitted, 0 received, 100% packet loss, time 4090ms',
    ],
    cause: 'the master of lab-worker2 is down',
    fix: 'docker exec lab-worker2 ip link set eth1 up',
    seconds: 6.2,
  },
  {
    check: 'multus',
    title: 'Multus is first',
    subject: 'lab-worker2',
    status: 'warn',
    summary: 'a stale 00-multus.conf lies beside it',
    seconds: 0.1,
  },
  {check: 'ipam', title: 'Addresses are unique', subject: '', status: 'skip', summary: 'one pod only', seconds: 0},
]

const numbered = checks.map((check, index) => ({...check, id: `X0${index + 1}`}))

describe('checks', () => {
  test('show what is wrong first, with what was seen, then everything, then the counts', async () => {
    await golden(presentChecks(checks, page), 'checks')
  })

  test('of verify are a line each, with the subjects in trouble, and apart from them what was skipped', async () => {
    const pairs = [3, 4, 5, 6].map((to) => ({
      ...(numbered[1] as CheckResult),
      subject: `probe-1 -> probe-${to} over data`,
    }))
    const nodes = ['lab-worker2', 'lab-worker10'].map((subject) => ({...(numbered[0] as CheckResult), subject}))

    await golden(presentChecks([...numbered, ...pairs, ...nodes], page), 'checks-of-verify')
  })

  test('that cannot be looked at stand behind those that failed and before warnings', () => {
    const blind = {...(numbered[3] as CheckResult), status: 'error', summary: 'no rights'} as const
    const text = presentChecks([numbered[2] as CheckResult, blind, numbered[1] as CheckResult], page)

    expect(text.match(/^(FAIL|ERROR|WARN)/gm)).toEqual(['FAIL', 'ERROR', 'WARN'])
  })

  test('that all passed are a table and a count', () => {
    const text = presentChecks(checks.slice(0, 1), page)

    expect(text.split('\n')[0]).toMatch(/^STATUS/)
    expect(text).toMatch(/1 passed$/)
  })

  test('that were not made leave no trace', () => {
    expect(presentChecks([], page)).toBe('')
  })
})

describe('an outcome', () => {
  test('that is good is a headline and the summary, with timings when asked for', async () => {
    const text = presentResult(done, {summary: ['  context   kind-lab'], page, timings: true})

    await golden(text, 'outcome-done')
  })

  test('that failed says at which step, why, what to do and what is left behind', async () => {
    await golden(presentFailure(failed, page), 'outcome-failed')
  })

  test('that failed has no summary on stdout', () => {
    expect(presentResult(failed, {summary: ['  context   kind-lab'], page, timings: false})).toBe('')
  })

  test('with failed checks has its table on stdout and nothing on stderr', () => {
    const outcome: Outcome = {...done, status: 'checks-failed', checks}

    expect(presentResult(outcome, {summary: ['all well'], page, timings: false})).toMatch(
      /1 passed, 1 warned, 1 failed, 1 skipped$/,
    )
    expect(presentFailure(outcome, page)).toBe('')
  })
})

describe('a table of', () => {
  test('clusters says who made them and how they are', async () => {
    const text = presentClusters(
      [
        {
          name: 'lab',
          ours: true,
          state: 'running',
          nodes: {total: 3, running: 3},
          kubernetes: 'v1.34.4',
          cni: 'cilium',
          multus: 'thin',
          networks: ['data', 'lan'],
        },
        {name: 'other', ours: false, state: 'stopped', nodes: {total: 1, running: 0}, networks: []},
      ],
      page,
    )

    await golden(text, 'clusters')
  })

  test('networks names what they hand out, who uses them, and those that cannot be read', async () => {
    const text = presentNetworks([
      {
        namespace: 'default',
        name: 'data',
        types: ['macvlan'],
        master: 'eth1',
        ipam: 'whereabouts',
        ranges: ['172.30.0.0/24: 172.30.0.32 - 172.30.0.254'],
        addresses: {used: 2, free: 221},
        pods: ['default/left', 'default/right'],
      },
      {namespace: 'team', name: 'broken', types: [], ranges: [], pods: [], fault: 'it is not JSON'},
    ])

    await golden(text, 'networks')
  })

  test('pods has a line for each interface, and says when there is no status', async () => {
    const text = presentPods(
      [
        {
          namespace: 'default',
          pod: 'left',
          node: 'lab-worker',
          ready: true,
          interface: 'eth0',
          network: 'cilium',
          ips: ['10.244.1.7'],
          mac: '',
          primary: true,
        },
        {
          namespace: 'default',
          pod: 'left',
          node: 'lab-worker',
          ready: true,
          interface: 'net1',
          network: 'default/data',
          ips: ['172.30.0.33'],
          mac: '02:11:22:33:44:55',
          mtu: 1500,
          primary: false,
        },
        {
          namespace: 'team',
          pod: 'lost',
          node: '',
          ready: false,
          interface: '',
          network: 'data',
          ips: [],
          mac: '',
          primary: false,
        },
      ],
      page,
    )

    await golden(text, 'pods')
  })

  test.each([
    ['clusters', presentClusters([], page), 'k8s-local create'],
    ['networks', presentNetworks([]), 'k8s-local net add macvlan NAME'],
    ['pods', presentPods([], page), 'k8s-local pod add NAME --network NETWORK'],
  ])('no %s says how to make one', (_, text, command) => {
    expect(text).toContain(command)
  })
})

test('a status shows problems first, then the cluster, nodes with their NICs, networks', async () => {
  const status: ClusterStatus = {
    cluster: 'lab',
    problems: [
      {what: 'Nodes that do not run: lab-worker2', fix: 'docker start lab-worker2'},
      {
        what: 'Multus is first (lab-worker): 00-multus.conf was renamed away',
        cause: 'Cilium with cni.exclusive=true',
        fix: 'k8s-local create lab',
      },
    ],
    listed: {name: 'lab', ours: true, state: 'partly running', nodes: {total: 3, running: 2}, networks: ['data']},
    record: {
      name: 'lab',
      kubernetes: 'v1.34.4',
      controlPlanes: 1,
      workers: 2,
      cni: 'cilium',
      cniVersion: '1.15.19',
      multus: 'thin',
      podSubnet: '10.244.0.0/16',
      serviceSubnet: '10.96.0.0/16',
      networks: [{name: 'data', subnet: '172.30.0.0/24'}],
    },
    nodes: [
      {
        name: 'lab-control-plane',
        role: 'control-plane',
        address: '172.18.0.2',
        ready: true,
        resources: [],
        nics: [{network: 'data', subnet: '172.30.0.0/24', interface: 'eth1', address: '172.30.0.2', mtu: 1500}],
      },
      {name: 'lab-worker2', role: 'worker', address: '172.18.0.4', ready: false, resources: [], nics: []},
    ],
    networks: [
      {
        namespace: 'default',
        name: 'data',
        types: ['macvlan'],
        master: 'eth1',
        ipam: 'whereabouts',
        ranges: ['172.30.0.0/24: 172.30.0.64 - 172.30.0.127'],
        pods: [],
      },
    ],
    checks,
  }

  await golden(presentStatus(status, page), 'status')
})

test.each([
  [0, '0.0 s'],
  [3249, '3.2 s'],
  [31_499, '31 s'],
  [99_400, '99 s'],
  [125_000, '2 min 5 s'],
])('%d ms are %s', (milliseconds, text) => {
  expect(secondsText(milliseconds)).toBe(text)
})
