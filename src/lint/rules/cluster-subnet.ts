import {type Cidr, cidrText, overlaps, parseAddress, parseCidr} from '../../spec/cidr.ts'
import {type Address, spanContains} from '../../spec/address.ts'
import type {Found, Rule} from '../rule.ts'
import type {LintFacts, Pool} from '../scene.ts'

/** What kind and k8s-local give a cluster unless told otherwise (kind pkg/internal/apis/config/default.go). */
const usual = {podSubnet: '10.244.0.0/16', serviceSubnet: '10.96.0.0/16'} as const

export const clusterSubnet: Rule = {
  code: 'KL-L304',
  title: "The range overlaps the cluster's own addresses",
  severity: 'error',
  why: 'The pod gets a route for the range over its second interface, so that it no longer reaches the pods, services or nodes in it; with isGateway the node does too. Tried with a bridge on 10.244.0.0/16: even DNS left by net1. Offline the defaults of kind and k8s-local count: pods 10.244.0.0/16, services 10.96.0.0/16.',
  fix: 'Choose a subnet that nothing else uses, such as 10.20.0.0/24',
  *scene({networks, facts}) {
    const taken = takenBy(facts)
    for (const network of networks) {
      for (const {ipam} of network.known ? [] : (network.config?.plugins ?? [])) {
        for (const pool of ipam?.pools ?? []) {
          const found = judge(pool, taken)
          if (found) yield {...found, on: network}
        }
      }
    }
  },
}

/** What the cluster uses itself. */
interface Taken {
  readonly subnets: readonly {readonly text: string; readonly cidr: Cidr; readonly whose: string}[]
  readonly addresses: readonly {readonly text: string; readonly address: Address; readonly whose: string}[]
}

function takenBy(facts: LintFacts | undefined): Taken {
  const {podSubnet, serviceSubnet} = facts ?? usual
  const nics = (facts?.nodes ?? []).flatMap(({name: node, interfaces}) =>
    interfaces.flatMap(({name, addresses}) => addresses.map((text) => ({text, whose: `${name} on ${node}`}))),
  )
  return {
    subnets: [
      {text: podSubnet, whose: 'pods'},
      {text: serviceSubnet, whose: 'services'},
    ].flatMap(({text, whose}) => {
      const cidr = parseCidr(text)
      return cidr ? [{text, cidr, whose}] : []
    }),
    addresses: nics.flatMap(({text, whose}) => {
      const address = parseAddress(text)
      return address ? [{text, address, whose}] : []
    }),
  }
}

function judge({subnet, span, at}: Pool, {subnets, addresses}: Taken): Found | undefined {
  const own = subnets.find(({cidr}) => overlaps(cidr, subnet))
  if (own)
    return {
      at,
      message: `${cidrText(subnet)} overlaps ${own.text}, which the cluster's ${own.whose} use`,
      fix: 'Choose a subnet that nothing else uses, such as 10.20.0.0/24',
    }
  const held = addresses.find(({address}) => spanContains(span, address))
  return (
    held && {
      at,
      message: `the range holds ${held.text}, the address of ${held.whose}`,
      fix: 'Begin the range behind the addresses of the nodes',
    }
  )
}
