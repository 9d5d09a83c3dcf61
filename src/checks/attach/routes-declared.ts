import type {Verdict} from '../../steps/check-request.ts'
import type {Check} from '../check.ts'
import {parseNetworkConfig} from '../network-config.ts'
import {type InsideInterface, readInsideText} from '../pod-inside.ts'
import {couldNotLook, textOf} from '../seen.ts'
import {type AttachedPod, attachedPods, firstOf, labelOf, podObject, reportOf} from './attached-pod.ts'
import {type AttachedInterface, routeFaults} from './route-faults.ts'

/** The routes of each second interface are those of its network's configuration and no others, and the default route stays the primary network's. */
export const routesDeclared: Check<AttachedPod> = {
  id: 'A07',
  title: 'Routes are as declared',
  tier: 'quick',
  severity: 'error',
  needs: ['multus', 'attached-pods'],
  subjects: attachedPods,
  label: labelOf,
  probes(subject) {
    const {namespace, pod} = subject
    return {
      pod: podObject(subject),
      addresses: {type: 'pod', namespace, pod, argv: ['ip', '-o', 'addr']},
      links: {type: 'pod', namespace, pod, argv: ['ip', '-o', 'link']},
      routes: {type: 'pod', namespace, pod, argv: ['ip', '-4', 'route', 'show']},
      ...(hasIpv6(subject) && {routes6: {type: 'pod', namespace, pod, argv: ['ip', '-6', 'route', 'show']}}),
    }
  },
  judge(evidence, subject) {
    const report = reportOf(evidence, subject)
    if ('verdict' in report) return report.verdict
    const seen = ['addresses', 'links', 'routes', ...('routes6' in evidence ? ['routes6'] : [])].map((key) =>
      textOf(evidence, key),
    )
    const texts = seen.map((one) => ('value' in one ? one.value : ''))
    for (const one of seen) if ('missing' in one) return couldNotLook(`the routes in ${subject.pod}`, one)
    const [addresses = '', links = '', ...routes] = texts
    const inside = readInsideText(addresses, links, routes.join('\n'))
    const attached = report.entries.flatMap(({name, interface: device, isDefault}): readonly AttachedInterface[] => {
      const found = inside.find((one) => one.interface === device)
      const config = subject.networks.find(({network}) => network === name)?.config
      return isDefault || !found || config === undefined ? [] : [{network: name, config, inside: found}]
    })
    const faults = attached.flatMap((one) => routeFaults(one, subject.pod))
    return firstOf(faults) ?? passed(attached, inside)
  },
}

/** Whether any of its networks hands out IPv6 addresses. */
export function hasIpv6({networks}: AttachedPod): boolean {
  return networks.some(({config}) => {
    const parsed = parseNetworkConfig(config)
    return !('fault' in parsed) && parsed.pools.some(({subnet}) => subnet.base.family === 6)
  })
}

function passed(attached: readonly AttachedInterface[], inside: readonly InsideInterface[]): Verdict {
  const leaving = inside
    .filter(({routes}) => routes.some((route) => route.startsWith('default')))
    .map((one) => one.interface)
  const routes = attached.map((one) => `${one.inside.interface} ${one.inside.routes.join(', ') || 'no route'}`)
  return {status: 'pass', summary: [`default by ${leaving.join(', ') || 'nothing'}`, ...routes].join('; ')}
}
