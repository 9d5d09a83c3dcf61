import type {Probe, Verdict} from '../../steps/check-request.ts'
import type {Check} from '../check.ts'
import {readConfigsOn} from '../configs-on-nodes.ts'
import {parseLinks} from '../ip-output.ts'
import {couldNotLook, textOf} from '../seen.ts'
import type {SceneFinding} from '../surroundings.ts'
import {type DefinitionCheck, findingsOf, judgeFindings} from './findings.ts'

type Subject = {
  readonly network: string
  readonly links: readonly OnNode[]
  readonly findings: readonly SceneFinding[]
}

type OnNode = {
  readonly node: string
  readonly master: string
  /** 0 where the network takes that of its master. */
  readonly mtu: number
}

type Seen = OnNode & {readonly carries: number}

const rules = ['KL-L403']

/** N09: the MTU of a network is no larger than that of its master, and the same on every node: a larger packet is lost on the way without a word. */
export const mtuFits: DefinitionCheck<Check<Subject>> = {
  id: 'N09',
  title: 'MTU fits the master',
  rules,
  tier: 'quick',
  severity: 'error',
  needs: ['networks', 'node-access'],
  subjects(scene) {
    const nodes = scene.nodes.map(({name}) => name)
    const findings = findingsOf(scene, rules)
    const subjects = scene.networks.flatMap((network): readonly Subject[] => {
      const name = `${network.namespace}/${network.name}`
      const links = readConfigsOn(network, nodes).flatMap(({node, config: {master, mtu = 0}}) =>
        master === undefined ? [] : [{node, master, mtu}],
      )
      const own = findings.filter(({on}) => on === name)
      return links.length + own.length > 0 ? [{network: name, links, findings: own}] : []
    })
    return subjects.length > 0 ? subjects : {skip: 'no network names a master'}
  },
  label: ({network}) => network,
  probes: ({links}) =>
    Object.fromEntries(
      links.map(({node}): [string, Probe] => [node, {type: 'node', node, argv: ['ip', '-o', 'link']}]),
    ),
  judge(evidence, {links, findings}) {
    const seen: Seen[] = []
    for (const link of links) {
      const looked = textOf(evidence, link.node)
      if ('missing' in looked) return couldNotLook(`the interfaces of ${link.node}`, looked)
      const master = parseLinks(looked.value).find((one) => one.interface === link.master)
      if (!master) return {status: 'skip', summary: `${link.node} has no ${link.master}: see master-on-nodes`}
      seen.push({...link, carries: master.mtu})
    }
    return judgeMtus(seen) ?? judgeFindings(findings) ?? {status: 'pass', summary: sayMtu(seen)}
  },
}

function judgeMtus(seen: readonly Seen[]): Verdict | undefined {
  const small = seen.find(({mtu, carries}) => mtu > carries)
  if (small)
    return {
      status: 'fail',
      summary: `MTU ${small.mtu} is larger than that of ${small.master} on ${small.node}, ${small.carries}`,
      cause: 'the plugin refuses it: pods there stay in ContainerCreating',
      fix: `set an MTU of at most ${small.carries}`,
    }
  const most = Math.max(...seen.map(mtuOf))
  const lower = seen.filter((one) => mtuOf(one) < most)
  const [first] = lower
  if (!first) return undefined
  return {
    status: 'fail',
    summary: `pods on ${lower.map(({node}) => node).join(', ')} get an MTU of ${mtuOf(first)}, and others ${most}`,
    cause: `${first.master} has MTU ${first.carries} there: larger packets from other nodes are lost without a word`,
    fix: `docker exec ${first.node} ip link set ${first.master} mtu ${most}, and make the pods there anew; or set "mtu": ${mtuOf(first)}`,
  }
}

function mtuOf({mtu, carries}: Seen): number {
  return mtu > 0 ? mtu : carries
}

function sayMtu(seen: readonly Seen[]): string {
  const [first] = seen
  return first ? `MTU ${mtuOf(first)} on all ${seen.length} nodes` : 'the MTU is not that of a master'
}
