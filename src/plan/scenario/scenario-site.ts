import {outlineOf, scenarioNamed} from '../../scenarios/build-scenario.ts'
import type {ScenarioName} from '../../scenarios/index.ts'
import type {ScenarioSite} from '../../scenarios/scenario.ts'
import {type AddressSpan, spansOverlap} from '../../spec/address.ts'
import {type Cidr, cidrSpan, cidrText, nthSubnet, parseAddress, parseCidr} from '../../spec/cidr.ts'
import {subnetAnnotation} from '../../templates/labels.ts'
import {freeBridgeSubnet} from '../address-range.ts'
import type {TargetFacts} from '../facts.ts'
import type {ScenarioFacts} from './scenario-facts.ts'
import {nodeRangeOf} from '../node-range.ts'
import {siteOfTarget} from '../network-site.ts'

/** Prefix length of a block: room for fourteen pods. */
const blockPrefix = 28

/** What a cluster has for a scenario; `blocks` and `subnets` are shorter than needed, and `nic` is absent, where it lacks them. */
export type SiteFound = Omit<ScenarioSite, 'nic'> & {readonly nic?: ScenarioSite['nic']}

/** The same cluster gives the same site again while the scenario is applied, so that applying it twice changes nothing. */
export function findSite(name: ScenarioName, image: string, facts: ScenarioFacts): SiteFound {
  const {needs} = scenarioNamed(name)
  const workers = facts.nodes.filter(({role, ready}) => role === 'worker' && ready)
  const chosen = workers.slice(0, needs.workers).map((node) => node.name)
  const others = withoutOwn(name, facts)
  const found = findNic(facts)
  return {
    nodes: facts.nodes.map((node) => node.name),
    workers: chosen,
    image,
    ...(found && {nic: found.nic}),
    blocks: found ? freeBlocks(found.subnet, needs.blocks, others) : [],
    subnets: freeSubnets(needs.subnets, others),
  }
}

/** The first extra network whose NIC has one name on all nodes: one configuration goes to all of them. */
function findNic({nodes}: TargetFacts): {readonly nic: ScenarioSite['nic']; readonly subnet: Cidr} | undefined {
  const [first] = nodes
  for (const {network, interface: name, subnet} of first?.nics ?? []) {
    const nics = nodes.map((node) => node.nics.find((nic) => nic.network === network))
    const cidr = parseCidr(subnet)
    if (cidr && nics.every((nic) => nic?.interface === name))
      return {nic: {interface: name, mtu: Math.min(...nics.map((nic) => nic?.mtu ?? 0))}, subnet: cidr}
  }
  return undefined
}

/** The cluster without what the scenario has in it already. */
function withoutOwn(name: ScenarioName, facts: ScenarioFacts): ScenarioFacts {
  const {namespaces, networks, bridges} = outlineOf(name)
  const isOwn = (one: {readonly namespace: string; readonly name: string}) =>
    networks.some((own) => own.namespace === one.namespace && own.name === one.name)
  return {
    ...facts,
    networks: facts.networks.filter((network) => !isOwn(network)),
    pods: facts.pods.filter(({namespace}) => !namespaces.includes(namespace)),
    nodeAddresses: facts.nodeAddresses.filter((one) => !bridges.includes(one.interface)),
  }
}

/**
 * Blocks inside the subnet of an extra network, so that the engine's own filters let their frames pass (docker drops, on an internal network, what is not of
 * its subnet), and outside of what nodes, networks and pods have.
 */
function freeBlocks(subnet: Cidr, count: number, facts: TargetFacts): readonly string[] {
  const taken: readonly AddressSpan[] = [
    cidrSpan(nodeRangeOf(subnet)),
    ...siteOfTarget(facts).networks.flatMap(({configs}) => configs.flatMap(({pools}) => pools.map(({span}) => span))),
    ...declaredSubnets(facts).map(cidrSpan),
    ...facts.pods.flatMap(({status}) =>
      status.flatMap(({ips = []}) =>
        ips.flatMap((ip) => {
          const address = parseAddress(ip)
          return address ? [{first: address, last: address}] : []
        }),
      ),
    ),
  ]
  if (subnet.prefix > blockPrefix || subnet.base.family === 6) return []
  const free: string[] = []
  for (let place = 0; place < 2 ** Math.min(blockPrefix - subnet.prefix, 8) && free.length < count; place += 1) {
    const block = nthSubnet(subnet, blockPrefix, place)
    if (!taken.some((span) => spansOverlap(span, cidrSpan(block)))) free.push(cidrText(block))
  }
  return free
}

function freeSubnets(count: number, facts: ScenarioFacts): readonly string[] {
  const {reserved, networks} = siteOfTarget(facts)
  const taken = [
    ...reserved.map(({cidr}) => cidr),
    ...networks.flatMap(({configs}) => configs.flatMap(({pools}) => pools.map((pool) => pool.subnet))),
    ...declaredSubnets(facts),
    ...facts.nodeAddresses.flatMap(({address}) => parseCidr(`${address}/32`) ?? []),
  ]
  const free: Cidr[] = []
  while (free.length < count) {
    const next = freeBridgeSubnet([...taken, ...free])
    if (!next) break
    free.push(next)
  }
  return free.map(cidrText)
}

/** Of networks whose pods bring their addresses. */
function declaredSubnets({networks}: TargetFacts): readonly Cidr[] {
  return networks.flatMap(({annotations}) => parseCidr(annotations[subnetAnnotation] ?? '') ?? [])
}
