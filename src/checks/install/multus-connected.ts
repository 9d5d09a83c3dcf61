import type {MultusMode} from '../../catalog/multus/index.ts'
import type {Evidence, Probe, Verdict} from '../../steps/check-request.ts'
import {textAt} from '../json-path.ts'
import type {Check} from '../check.ts'
import {couldNotLook, textOf} from '../seen.ts'
import {upstreamSet, multusPodsProbe, readMultusPods} from './multus-pods.ts'
import {restartMultus} from '../multus-order-faults.ts'

type Subject = {readonly node: string; readonly mode: MultusMode}

const kubeconfig = '/etc/cni/net.d/multus.d/multus.kubeconfig'
const socket = '/run/multus/multus.sock'

/**
 * M06: what the runtime calls on the node gets through. Thin: the API accepts the token in the kubeconfig that Multus wrote (it dies with the pod that
 * it belongs to; multus #852, #1263, rke2 #9313). Thick: the daemon answers on its socket, and is of the version of the shim.
 */
export const multusConnected: Check<Subject> = {
  id: 'M06',
  title: 'Multus gets through',
  tier: 'quick',
  severity: 'error',
  needs: ['multus', 'folders', 'node-access', 'usual-multus'],
  settleSeconds: 5,
  subjects: ({multus, nodes}) => (multus === 'none' ? [] : nodes.map(({name}) => ({node: name, mode: multus}))),
  label: ({node}) => node,
  probes: ({node, mode}) => ({pods: multusPodsProbe, ...probesOf[mode](node)}),
  judge(evidence, {node, mode}) {
    const pods = readMultusPods(evidence, 'pods')
    if ('missing' in pods) return couldNotLook('the Multus pods', pods)
    if (!pods.value.some((pod) => pod.node === node && pod.ready))
      return {status: 'skip', summary: 'no Multus pod is ready there: see multus-ready'}
    return mode === 'thin' ? judgeThin(evidence, node) : judgeThick(evidence, node)
  },
}

const probesOf: Readonly<Record<MultusMode, (node: string) => Readonly<Record<string, Probe>>>> = {
  thin: (node) => ({
    whoami: {
      type: 'node',
      node,
      argv: ['kubectl', '--kubeconfig', kubeconfig, '--request-timeout=5s', 'auth', 'whoami', '-o', 'json'],
    },
  }),
  thick: (node) => ({
    healthz: {
      type: 'node',
      node,
      argv: ['curl', '-sS', '--max-time', '5', '--unix-socket', socket, 'http://localhost/healthz'],
    },
    shim: {type: 'node', node, argv: ['/opt/cni/bin/multus-shim', '--version']},
    // The daemon's own program, found by its process: the image's tag may say anything.
    daemon: {
      type: 'node',
      node,
      argv: [
        'find',
        '/proc',
        '-maxdepth',
        '2',
        '-name',
        'exe',
        '-lname',
        '*/multus-daemon',
        '-exec',
        '{}',
        '--version',
        ';',
      ],
    },
  }),
}

function judgeThin(evidence: Evidence, node: string): Verdict {
  const seen = evidence['whoami']
  if (seen?.type !== 'text') return couldNotLook(`${kubeconfig} on ${node}`, {missing: 'nothing was seen of it'})
  const words = seen.stderr.trim().split('\n').at(-1) ?? ''
  if (seen.exitCode === 0) return {status: 'pass', summary: `the API knows it as ${userIn(seen.stdout)}`}
  if (/executable file not found|no such file or directory.*kubectl|kubectl: not found/.test(`${seen.stdout}${words}`))
    return {status: 'skip', summary: `${node} has no kubectl to try the kubeconfig with`}
  const fault = {status: 'fail', fix: restartMultus} as const
  if (words.includes('no such file or directory'))
    return {...fault, summary: `Multus has written no kubeconfig: ${kubeconfig} is not on ${node}`}
  if (/Unauthorized|must be logged in/.test(words))
    return {
      ...fault,
      summary: `the API does not accept the token in ${kubeconfig}`,
      evidence: [words],
      cause:
        'the token is that of a Multus pod, or of an account, that is gone: new pods fail with Unauthorized (multus #592)',
    }
  return {
    ...fault,
    summary: `the API cannot be reached with ${kubeconfig}`,
    evidence: [words],
    cause: 'its address is that of a service: kube-proxy, or what replaces it, has to run on the node',
  }
}

function userIn(json: string): string {
  try {
    return textAt(JSON.parse(json), 'status', 'userInfo', 'username') ?? 'somebody'
  } catch {
    return 'somebody'
  }
}

function judgeThick(evidence: Evidence, node: string): Verdict {
  const healthz = textOf(evidence, 'healthz')
  if ('missing' in healthz)
    return {
      status: 'fail',
      summary: `the Multus daemon does not answer on ${socket}`,
      evidence: [healthz.missing],
      cause: 'its pod is Ready as soon as its process runs: new pods wait for it up to a minute, and fail',
      fix: `kubectl -n ${upstreamSet.namespace} delete pod -l app=multus --field-selector spec.nodeName=${node}`,
    }
  const shim = versionIn(textOf(evidence, 'shim'))
  const daemon = versionIn(textOf(evidence, 'daemon'))
  if (shim === undefined || daemon === undefined)
    return {status: 'pass', summary: `the daemon answers on ${socket}; versions are unknown`}
  if (shim !== daemon)
    return {
      status: 'fail',
      summary: `multus-shim is ${shim}, and the daemon is ${daemon}`,
      cause:
        "the shim was not replaced when Multus was updated (multus #1221: text file busy), or the image's parts do not fit",
      fix: restartMultus,
    }
  return {status: 'pass', summary: `the daemon answers on ${socket}, ${daemon} as multus-shim`}
}

function versionIn(looked: ReturnType<typeof textOf>): string | undefined {
  return 'value' in looked ? /version:(v[^\s,(]+)/.exec(looked.value)?.[1] : undefined
}
