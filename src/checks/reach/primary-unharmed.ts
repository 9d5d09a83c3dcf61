import type {Probe} from '../../steps/check-request.ts'
import type {Check} from '../check.ts'
import {parseDefaultRoutes} from '../ip-output.ts'
import {couldNotLook, pingOf, textOf} from '../seen.ts'

type Subject = {
  readonly namespace: string
  readonly pod: string
  /** Another pod, on another node where there is one; empty where nobody else is there, or without Multus, whose annotation names the addresses. */
  readonly peer: string
}

const primaryInterface = 'eth0'

/** R08: the second interface has taken nothing away. The default route is still eth0's, another pod answers over eth0, and the API's service answers by its DNS name. */
export const primaryUnharmed: Check<Subject> = {
  id: 'R08',
  title: 'Primary network is unharmed',
  tier: 'quick',
  severity: 'error',
  usesCni: true,
  usesServices: true,
  // Right after CoreDNS' roll-out the kube-proxy of another node may still refuse what is sent to its service (seen with Calico).
  settleSeconds: 10,
  subjects: ({pods, namespace, multus}) =>
    pods.map((pod) => {
      const peer = pods.find((other) => other.node !== pod.node) ?? pods.find((other) => other.name !== pod.name)
      return {
        namespace,
        pod: pod.name,
        peer: multus === 'none' ? '' : (peer?.name ?? ''),
      }
    }),
  label: ({pod}) => pod,
  probes: ({namespace, pod, peer}) => ({
    routes: {type: 'pod', namespace, pod, argv: ['ip', '-4', 'route', 'show']},
    service: {type: 'pod', namespace, pod, argv: serviceProbe},
    ...(peer === '' ? {} : {peer: {type: 'ping', namespace, from: pod, to: peer, count: 2} satisfies Probe}),
  }),
  judge(evidence, {pod, peer}) {
    const routes = textOf(evidence, 'routes')
    if ('missing' in routes) return couldNotLook(`the routes in ${pod}`, routes)
    const defaults = parseDefaultRoutes(routes.value)
    if (defaults[0]?.interface !== primaryInterface || defaults.length > 1) {
      return {
        status: 'fail',
        summary: `the default route of ${pod} leaves by ${defaults.map((route) => route.interface).join(' and ') || 'nothing'}, not by ${primaryInterface} alone`,
        evidence: routes.value.trim().split('\n'),
        cause: 'a network of the pod brings a default route of its own',
        fix: 'remove 0.0.0.0/0 from its "routes", and "isDefaultGateway"',
      }
    }
    const service = textOf(evidence, 'service', {anyExit: true})
    if ('missing' in service) return couldNotLook(`the API's service from ${pod}`, service)
    const [code = '000', address = '', seconds = ''] = service.value.trim().split(' ')
    if (code !== '200') {
      const name =
        address === '' ? 'the DNS name does not resolve, or nothing answers' : `${address} answers with status ${code}`
      return {
        status: 'fail',
        summary: `${pod} does not reach ${serviceUrl}`,
        cause: name,
        fix: 'kubectl -n kube-system get pods -o wide: kube-proxy, CoreDNS and the CNI must run',
      }
    }
    const answered = `${serviceUrl} answers by ${address} in ${milliseconds(seconds)}`
    if (peer === '') return {status: 'pass', summary: `default route by ${primaryInterface}, ${answered}`}
    return judgePeer(pod, peer, answered, pingOf(evidence, 'peer'))
  },
}

const serviceUrl = 'https://kubernetes.default.svc/readyz'

const serviceProbe = [
  'curl',
  '-sk',
  '-o',
  '/dev/null',
  '--max-time',
  '5',
  '-w',
  '%{http_code} %{remote_ip} %{time_total}',
  serviceUrl,
]

function judgePeer(pod: string, peer: string, answered: string, ping: ReturnType<typeof pingOf>) {
  if ('missing' in ping) return couldNotLook(`the way from ${pod} to ${peer} over ${primaryInterface}`, ping)
  const {address, received, sent, averageMs, output} = ping.value
  if (received === 0) {
    return {
      status: 'fail',
      summary: `${pod} does not reach ${peer} at ${address} over ${primaryInterface}`,
      evidence: output.trim().split('\n').slice(-2),
      fix: 'kubectl -n kube-system get pods -o wide: the CNI must run on both nodes',
    } as const
  }
  const time = averageMs === null ? '' : ` in ${averageMs.toFixed(2)} ms`
  const summary = `default route by ${primaryInterface}, ${address}${time}, ${answered}`
  return {status: received < sent ? 'warn' : 'pass', summary} as const
}

function milliseconds(seconds: string): string {
  return `${Math.round(Number(seconds) * 1000)} ms`
}
