import type {Evidence, Probe, Verdict} from '../../steps/check-request.ts'
import type {Check} from '../check.ts'
import {type Link, parseDefaultRoutes, parseLinks} from '../ip-output.ts'
import type {StatusEntry} from '../network-status.ts'
import {couldNotLook, textOf} from '../seen.ts'
import {type AttachedPod, attachedPods, firstOf, labelOf, podObject, reportOf} from './attached-pod.ts'
import {expectedMtu} from './expected-mtu.ts'

type Subject = AttachedPod & {
  /** Whether the node can be looked at: only then is known what a NIC of it has. */
  readonly onNode: boolean
}

/** The MTU inside the pod is the one of the network's configuration, or of the NIC that the network sits on. */
export const interfaceMtu: Check<Subject> = {
  id: 'A06',
  title: 'MTU is as configured',
  tier: 'quick',
  severity: 'error',
  needs: ['multus', 'attached-pods'],
  subjects: (scene) => attachedPods(scene).map((pod) => ({...pod, onNode: scene.nodeAccess.by !== 'none'})),
  label: labelOf,
  probes(subject) {
    const {namespace, pod, node, networks, onNode} = subject
    const needsNode = onNode && networks.some(({config}) => expectedMtu(config).from === 'master')
    const onNodeProbes: Readonly<Record<string, Probe>> = {
      masters: {type: 'node', node, argv: ['ip', '-o', 'link', 'show']},
      routes: {type: 'node', node, argv: ['ip', '-4', 'route', 'show', 'default']},
    }
    return {
      pod: podObject(subject),
      links: {type: 'pod', namespace, pod, argv: ['ip', '-o', 'link']},
      ...(needsNode && onNodeProbes),
    }
  },
  judge(evidence, subject) {
    const report = reportOf(evidence, subject)
    if ('verdict' in report) return report.verdict
    const links = textOf(evidence, 'links')
    if ('missing' in links) return couldNotLook(`the interfaces in ${subject.pod}`, links)
    const masters = 'masters' in evidence ? textOf(evidence, 'masters') : {value: ''}
    if ('missing' in masters) return couldNotLook(`the NICs of ${subject.node}`, masters)

    const inside = parseLinks(links.value)
    const judged = report.entries.flatMap((entry) => {
      const link = inside.find((one) => one.interface === entry.interface)
      const wanted = wantedOf(entry, subject, evidence)
      return entry.isDefault || !link || !wanted ? [] : [{entry, link, wanted}]
    })
    const faults = judged.filter(({link, wanted}) => link.mtu !== wanted.mtu).map((one) => wrong(one, subject.pod))
    return (
      firstOf(faults) ??
      (judged.length === 0
        ? {status: 'skip', summary: `nothing says which MTU ${subject.pod} should have`}
        : {
            status: 'pass',
            summary: judged.map(({link, wanted}) => `${link.interface} ${link.mtu} (${wanted.by})`).join(', '),
          })
    )
  },
}

interface Wanted {
  readonly mtu: number
  /** Who says so. */
  readonly by: string
}

function wantedOf({name}: StatusEntry, {networks, node}: Subject, evidence: Evidence): Wanted | undefined {
  const expected = expectedMtu(networks.find(({network}) => network === name)?.config ?? '')
  switch (expected.from) {
    case 'configuration':
      return {mtu: expected.mtu, by: 'of the configuration'}
    case 'kernel':
      return {mtu: expected.mtu, by: "the kernel's own"}
    case 'nobody':
      return undefined
    case 'master': {
      const [links, routes] = [textOf(evidence, 'masters'), textOf(evidence, 'routes')]
      const byDefault = 'value' in routes ? parseDefaultRoutes(routes.value)[0]?.interface : undefined
      const master = expected.master ?? byDefault
      const link = 'value' in links ? parseLinks(links.value).find((one) => one.interface === master) : undefined
      return link && {mtu: link.mtu, by: `that of ${link.interface} on ${node}`}
    }
  }
}

function wrong(
  {entry, link, wanted}: {readonly entry: StatusEntry; readonly link: Link; readonly wanted: Wanted},
  pod: string,
): Verdict {
  return {
    status: 'fail',
    summary: `${link.interface} of ${pod} has MTU ${link.mtu}, and should have ${wanted.mtu}: ${wanted.by}`,
    cause: `the plugin of ${entry.name} did not set it, or something has changed it since`,
    fix: 'delete the pod and create it again',
  }
}
