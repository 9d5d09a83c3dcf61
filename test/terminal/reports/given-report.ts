import {Problem} from '../../../src/problem.ts'
import type {Outcome} from '../../../src/run/events.ts'
import type {CheckResult} from '../../../src/steps/check-request.ts'
import type {Plan, Step} from '../../../src/steps/step.ts'
import {reportOfOutcome, type RunNote, type VerifyReport} from '../../../src/terminal/reports/verify-report.ts'

const note: RunNote = {
  toolVersion: '1.2.3',
  tier: 'default',
  started: new Date('2026-11-28T09:30:00.250Z'),
  seconds: 24.5,
}

type Given = Omit<CheckResult, 'title' | 'tier' | 'severity'>

const titles: Readonly<Record<string, string>> = {
  'nodes-healthy': 'Node is healthy',
  'multus-first': 'Multus comes first',
  'plugins-present': 'CNI plugins are on the node',
  'reach-across-nodes': 'Pods of two nodes reach each other',
  'path-mtu': 'Full frames pass',
  'gateway-answers': 'Gateway answers',
  'policy-coverage': 'Policies cover second interfaces',
  'ipv6-ready': 'IPv6 addresses are ready',
}

const healthy = (node: string): Given => ({
  check: 'nodes-healthy',
  id: 'H05',
  subject: node,
  status: 'pass',
  summary: 'Ready, kubelet v1.34.4',
  seconds: 0.21,
})

const reach = (to: number): Given => ({
  check: 'reach-across-nodes',
  id: 'R02',
  subject: `probe-1 -> probe-${to} over lan`,
  status: 'fail',
  summary: `0 of 5 pings over net1 came back from 172.30.0.${to}`,
  evidence: [
    `PING 172.30.0.${to} (172.30.0.${to}) from 172.30.0.33 net1`,
    '5 packets transmitted, 0 received, 100% packet loss, time 4090ms',
  ],
  cause: 'the master of lab-worker2 is down',
  fix: 'docker exec lab-worker2 ip link set eth1 up',
  code: 'KL-5102',
  seconds: 6.2,
})

/** Every kind of verdict, in no order. */
const verdicts: readonly Given[] = [
  reach(10),
  healthy('lab-worker10'),
  healthy('lab-worker2'),
  reach(2),
  {
    check: 'multus-first',
    id: 'M04',
    subject: 'lab-worker2',
    status: 'error',
    summary: 'the folder of CNI configurations cannot be read',
    cause: 'exec on lab-worker2: container is paused',
    seconds: 1.4,
  },
  {
    check: 'policy-coverage',
    id: 'I04',
    subject: 'default/lan',
    status: 'warn',
    summary: 'a NetworkPolicy selects pods | whose <net1> it *cannot* see',
    evidence: ['policy `deny-all` in default', '```', '::error::not a command'],
    fix: 'Install MultiNetworkPolicy, or say so to whoever wrote the policy',
    seconds: 0.1,
  },
  ...['lab-worker', 'lab-worker2'].map(
    (subject): Given => ({
      check: 'path-mtu',
      id: 'R03',
      subject,
      status: 'skip',
      summary: 'see reach-across-nodes',
      seconds: 0,
    }),
  ),
  ...['lab-worker2', 'lab-worker'].map(
    (subject): Given => ({
      check: 'plugins-present',
      id: 'M05',
      subject,
      status: 'fail',
      summary: 'vrf is missing in /opt/cni/bin',
      fix: 'k8s-local create lab',
      seconds: 0.3,
    }),
  ),
  {check: 'gateway-answers', id: 'R04', subject: '', status: 'skip', summary: 'the cluster has one worker', seconds: 0},
  {check: 'ipv6-ready', id: 'A08', subject: '', status: 'skip', summary: 'no network hands out IPv6', seconds: 0},
  ...[3, 4, 5].map(reach),
  {
    check: 'reach-across-nodes',
    id: 'R02',
    subject: 'probe-1 -> probe-6 over lan',
    status: 'pass',
    summary: '5 of 5 pings',
    evidence: ['0% packet loss'],
    seconds: 4,
  },
]

/** One of each verdict and format's trouble: what every golden shows. */
export const badReport = reportOf(verdicts, {status: 'checks-failed'})

export const goodReport = reportOf([healthy('lab-worker'), healthy('lab-worker2')], {status: 'done'})

/** Ended by Ctrl-C after its first verdict. */
export const interruptedReport = reportOf([healthy('lab-worker')], {
  status: 'interrupted',
  problem: new Problem('interrupted', {message: 'Interrupted', cause: 'Wait until the probe pods are Ready: 1 of 2'})
    .data,
  leftBehind: {
    what: 'the namespace k8s-local-verify-ab12cd',
    command: 'kubectl delete namespace k8s-local-verify-ab12cd',
  },
})

/** The report of a run that ended with these verdicts; every other check of its plan was not reached. */
export function reportOf(
  given: readonly Given[],
  how: Pick<Outcome, 'status'> & Partial<Pick<Outcome, 'problem' | 'leftBehind'>>,
): VerifyReport {
  const checks = given.map(
    (one): CheckResult => ({
      ...one,
      title: titles[one.check] ?? one.check,
      ...(one.id !== undefined && {tier: 'default', severity: one.check === 'policy-coverage' ? 'warning' : 'error'}),
    }),
  )
  const reached = new Set(checks.map(({check}) => check))
  const cut = how.status === 'interrupted' || how.status === 'failed'
  const steps = Object.entries(titles)
    .filter(([check]) => cut || reached.has(check))
    .map(
      ([check, title]): Step => ({
        id: check,
        title,
        action: {type: 'check', request: {check, subject: null}},
        after: [],
      }),
    )
  const title = 'Verify the cluster lab'
  const plan: Plan = {title, cluster: 'lab', runId: 'ab12cd', steps, onFailure: [], always: [], timeoutSeconds: 600}
  const outcome: Outcome = {
    title,
    cluster: 'lab',
    seconds: 22,
    criticalPath: [],
    ...how,
    checks,
    steps: steps.map((step) => ({...step, doer: 'k8s-local', status: reached.has(step.id) ? 'done' : 'not-started'})),
  }
  return reportOfOutcome(outcome, plan, note)
}
