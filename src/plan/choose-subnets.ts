import type {ClusterSpec, NodeNetwork} from '../spec/cluster-spec.ts'
import {type Cidr, cidrText, nthSubnet, overlaps, parseCidr} from '../spec/cidr.ts'
import type {ClusterRecord} from '../steps/action.ts'
import {networkLabels} from './existing-cluster.ts'
import type {Facts} from './facts.ts'
import type {PreflightFinding, Report} from './preflight-finding.ts'

export interface SubnetChoice extends Report {
  /** The networks in the order in which nodes are connected: those of an existing cluster first, then new ones. */
  readonly networks: readonly NodeNetwork[]
}

/** A subnet that somebody has. */
interface Owned {
  readonly cidr: Cidr
  /** For a sentence: "the engine network bridge". */
  readonly owner: string
  readonly kind: 'engine' | 'host'
}

const blocks = parseCidr('172.30.0.0/16') as Cidr

/** A subnet for every extra network, and what overlaps on this machine. Networks of this very cluster stand in nobody's way. */
export function chooseSubnets(spec: ClusterSpec, facts: Facts, record?: ClusterRecord): SubnetChoice {
  const owned = ownedSubnets(spec.name, facts)
  const asked = wantedNetworks(spec, facts, record)
  const fixed = [spec.podSubnet, spec.serviceSubnet, ...asked.map(({subnet}) => subnet)].flatMap(
    (text) => parseCidr(text) ?? [],
  )
  const findings: PreflightFinding[] = []
  const chosen: Cidr[] = []
  const networks = asked.flatMap((network): readonly NodeNetwork[] => {
    if (network.subnet !== 'auto') return [network]
    const subnet = firstFree([...owned.map(({cidr}) => cidr), ...fixed, ...chosen])
    if (!subnet) {
      findings.push({
        problem: 'engine-network-conflict',
        at: '--network',
        message: `no /24 of ${cidrText(blocks)} is free for the network ${network.name}`,
        fix: `name a free subnet: --network ${network.name}=CIDR`,
      })
      return []
    }
    chosen.push(subnet)
    return [{name: network.name, subnet: cidrText(subnet)}]
  })
  const overlapping = record ? clear(asked, record) : asked
  return {
    networks,
    findings: [...findings, ...networkFindings(overlapping, owned), ...(record ? [] : clusterFindings(spec, owned))],
    notes: record ? [] : hostNotes(spec, owned),
  }
}

/** Those that are still to be made. */
function clear(networks: readonly NodeNetwork[], record: ClusterRecord): readonly NodeNetwork[] {
  return networks.filter(({name}) => !record.networks.some((known) => known.name === name))
}

/** What exists keeps its subnet: by the record, or by the engine where an interrupted run had not recorded it yet. */
function wantedNetworks(
  {name: cluster, networks}: ClusterSpec,
  facts: Facts,
  record?: ClusterRecord,
): readonly NodeNetwork[] {
  const known = record?.networks ?? []
  const fresh = networks.filter(({name}) => !known.some((network) => network.name === name))
  return [
    ...known,
    ...fresh.map((network) => {
      const made =
        record &&
        facts.engineNetworks.find(
          ({labels}) => labels[networkLabels.cluster] === cluster && labels[networkLabels.network] === network.name,
        )
      return network.subnet === 'auto' ? {...network, subnet: made?.subnets[0] ?? 'auto'} : network
    }),
  ]
}

function firstFree(taken: readonly Cidr[]): Cidr | undefined {
  return Array.from({length: 256}, (_, place) => nthSubnet(blocks, 24, place)).find(
    (candidate) => !taken.some((cidr) => overlaps(cidr, candidate)),
  )
}

function ownedSubnets(cluster: string, {engineNetworks, hostRoutes}: Facts): readonly Owned[] {
  const own = engineNetworks
    .filter(({labels}) => labels[networkLabels.cluster] === cluster)
    .flatMap(({subnets}) => subnets)
  const engine = engineNetworks
    .filter(({labels}) => labels[networkLabels.cluster] !== cluster)
    .flatMap(({name, subnets}) =>
      subnets.map((subnet) => ({text: subnet, owner: `the engine network ${name}`, kind: 'engine' as const})),
    )
  const shown = new Set([...own, ...engine.map(({text}) => text)])
  const host = hostRoutes
    .filter((route) => !shown.has(route))
    .map((text) => ({text, owner: 'a route of this machine', kind: 'host' as const}))
  return [...engine, ...host].flatMap(({text, ...rest}) => {
    const cidr = parseCidr(text)
    return cidr ? [{cidr, ...rest}] : []
  })
}

/** An extra network makes a route on this machine: it must overlap neither a network of the engine nor a route. */
function networkFindings(networks: readonly NodeNetwork[], owned: readonly Owned[]): readonly PreflightFinding[] {
  return networks.flatMap(({name, subnet}) =>
    clashes(subnet, owned).map((other) => ({
      problem: 'engine-network-conflict',
      at: '--network',
      message: `the network ${name}, ${subnet}, overlaps ${other.owner}, ${cidrText(other.cidr)}`,
      fix: `--network ${name} takes a free subnet; or name another: --network ${name}=CIDR`,
    })),
  )
}

/** Pods and services exist inside the nodes only; a network of the engine with the same addresses could not be reached from there, kind's own would break the cluster. */
function clusterFindings(spec: ClusterSpec, owned: readonly Owned[]): readonly PreflightFinding[] {
  return clusterSubnets(spec).flatMap(({at, what, subnet}) =>
    clashes(subnet, owned)
      .filter(({kind}) => kind === 'engine')
      .map((other) => ({
        problem: 'engine-network-conflict',
        at,
        message: `${what}, ${subnet}, overlaps ${other.owner}, ${cidrText(other.cidr)}`,
        fix: `name another: ${at} CIDR; or remove the network, if nothing uses it`,
      })),
  )
}

/** A route of the host (a VPN's 10.0.0.0/8, say) is no obstacle; pods only cannot reach what lies behind it. */
function hostNotes(spec: ClusterSpec, owned: readonly Owned[]): readonly string[] {
  return clusterSubnets(spec).flatMap(({at, what, subnet}) =>
    clashes(subnet, owned)
      .filter(({kind}) => kind === 'host')
      .map(
        ({cidr}) =>
          `${what}, ${subnet}, overlaps the route to ${cidrText(cidr)} of this machine: pods will not reach it (${at} names another)`,
      ),
  )
}

function clusterSubnets({podSubnet, serviceSubnet}: ClusterSpec) {
  return [
    {at: '--pod-subnet', what: 'the pod subnet', subnet: podSubnet},
    {at: '--service-subnet', what: 'the service subnet', subnet: serviceSubnet},
  ]
}

function clashes(subnet: string, owned: readonly Owned[]): readonly Owned[] {
  const cidr = parseCidr(subnet)
  return cidr ? owned.filter((other) => overlaps(other.cidr, cidr)) : []
}
