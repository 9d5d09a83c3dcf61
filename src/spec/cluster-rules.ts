import type {Finding} from '../problem.ts'
import {clusterFields} from './cluster-fields.ts'
import type {ClusterSpec} from './cluster-spec.ts'
import {type Cidr, contains, overlaps, parseCidr} from './cidr.ts'
import type {RawInput} from './field.ts'
import {placeOf} from './read-fields.ts'

/** What is wrong between the fields of a spec, each of which is right in itself. */
export function clusterFindings(spec: ClusterSpec, raw: RawInput): readonly Finding[] {
  const subnets = subnetsOf(spec, raw)
  return [
    ...networkNameFindings(spec, raw),
    ...testNetworkFindings(spec, raw),
    ...subnets.flatMap((subnet) => [...sizeFindings(subnet), ...reservedFindings(subnet)]),
    ...roomFindings(spec, raw),
    ...overlapFindings(subnets),
  ]
}

interface NamedSubnet {
  readonly at: string
  /** "the pod subnet", for a sentence. */
  readonly what: string
  readonly text: string
  readonly cidr: Cidr
  /** Prefix lengths, widest and narrowest. */
  readonly allowed: readonly [number, number]
}

/** The subnets that are given; one that is `auto` is chosen later so that it fits. */
function subnetsOf({podSubnet, serviceSubnet, networks}: ClusterSpec, raw: RawInput): readonly NamedSubnet[] {
  const at = (key: string): string => placeOf(clusterFields, raw, key)
  const named: readonly Omit<NamedSubnet, 'cidr'>[] = [
    // The controller manager gives each node a /24 and refuses more than 16 bits between the two.
    {at: at('podSubnet'), what: 'the pod subnet', text: podSubnet, allowed: [8, 22]},
    // The API server refuses more than 20 bits of service addresses.
    {at: at('serviceSubnet'), what: 'the service subnet', text: serviceSubnet, allowed: [12, 24]},
    // Nodes take the first /27 and pods the rest.
    ...networks.map(
      ({name, subnet}): Omit<NamedSubnet, 'cidr'> => ({
        at: at('networks'),
        what: `the network ${name}`,
        text: subnet,
        allowed: [16, 26],
      }),
    ),
  ]
  return named.flatMap((subnet) => {
    const cidr = parseCidr(subnet.text)
    return cidr === undefined ? [] : [{...subnet, cidr}]
  })
}

function sizeFindings({at, what, text, cidr: {prefix}, allowed: [widest, narrowest]}: NamedSubnet): readonly Finding[] {
  if (prefix >= widest && prefix <= narrowest) return []
  const size = prefix < widest ? 'large' : 'small'
  return [{at, message: `${what}, ${text}, is too ${size}: /${widest} to /${narrowest} are possible`}]
}

function reservedFindings({at, what, text, cidr}: NamedSubnet): readonly Finding[] {
  return reserved
    .filter((block) => overlaps(block.cidr, cidr))
    .map(({use}) => ({
      at,
      message: `${what}, ${text}, lies among the addresses for ${use}`,
      fix: 'Use a private subnet, such as one inside 172.30.0.0/16',
    }))
}

const reserved = [
  ['0.0.0.0/8', 'this host'],
  ['127.0.0.0/8', 'loopback'],
  ['169.254.0.0/16', 'link-local use'],
  ['224.0.0.0/3', 'multicast and future use'],
].flatMap(([text = '', use = '']) => {
  const cidr = parseCidr(text)
  return cidr === undefined ? [] : [{cidr, use}]
})

/** Each node takes a /24 of the pod subnet. */
function roomFindings({podSubnet, controlPlanes, workers}: ClusterSpec, raw: RawInput): readonly Finding[] {
  const prefix = parseCidr(podSubnet)?.prefix ?? 0
  const nodes = controlPlanes + workers
  const room = 2 ** (24 - prefix)
  if (prefix > 22 || room >= nodes) return []
  const enough = 24 - Math.ceil(Math.log2(nodes))
  return [
    {
      at: placeOf(clusterFields, raw, 'podSubnet'),
      message: `the pod subnet ${podSubnet} has room for ${room} nodes of a /24 each, and ${nodes} are asked for`,
      fix: `Use a /${enough} or larger`,
    },
  ]
}

function overlapFindings(subnets: readonly NamedSubnet[]): readonly Finding[] {
  return subnets.flatMap((later, index) =>
    subnets
      .slice(0, index)
      .filter((earlier) => overlaps(earlier.cidr, later.cidr))
      .map((earlier) => ({
        at: later.at,
        message: `${later.what}, ${later.text}, ${relation(earlier, later)} ${earlier.what}, ${earlier.text}`,
      })),
  )
}

function relation(earlier: NamedSubnet, later: NamedSubnet): string {
  return contains(earlier.cidr, later.cidr) ? 'lies inside' : 'overlaps'
}

function networkNameFindings({networks}: ClusterSpec, raw: RawInput): readonly Finding[] {
  const names = networks.map(({name}) => name)
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index))
  return [...repeated].map((name) => ({
    at: placeOf(clusterFields, raw, 'networks'),
    message: `two extra networks are called ${name}`,
    fix: 'Give each extra network its own name',
  }))
}

function testNetworkFindings({testNetworks, multus, networks}: ClusterSpec, raw: RawInput): readonly Finding[] {
  if (!testNetworks || (multus !== 'none' && networks.length > 0)) return []
  const reason = multus === 'none' ? 'need Multus, and --multus is none' : 'sit on extra networks, and there are none'
  return [
    {
      at: placeOf(clusterFields, raw, 'testNetworks'),
      message: `test networks ${reason}`,
      fix: 'Leave test networks out: --no-test-networks',
    },
  ]
}
