import {cidrText, contains, parseAddress, parseCidr, overlaps} from '../../spec/cidr.ts'
import {spanContains} from '../../spec/address.ts'
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
  *network({config}, {facts}) {
    for (const {ipam} of config?.plugins ?? []) for (const pool of ipam?.pools ?? []) yield* judge(pool, facts)
  },
}

function* judge(pool: Pool, facts: LintFacts | undefined): Iterable<Found> {
  const {podSubnet, serviceSubnet} = facts ?? usual
  for (const [text, whose] of [
    [podSubnet, 'pods'],
    [serviceSubnet, 'services'],
  ] as const) {
    const own = parseCidr(text)
    if (own && overlaps(own, pool.subnet)) {
      yield {
        at: pool.at,
        message: `${cidrText(pool.subnet)} overlaps ${text}, which the cluster's ${whose} use`,
        fix: 'Choose a subnet that nothing else uses, such as 10.20.0.0/24',
      }
      return
    }
  }
  for (const {name, interfaces} of facts?.nodes ?? []) {
    for (const nic of interfaces) {
      const taken = nic.addresses.find((text) => {
        const address = parseAddress(text)
        return address !== undefined && contains(pool.subnet, address) && spanContains(pool.span, address)
      })
      if (taken === undefined) continue
      yield {
        at: pool.at,
        message: `the range holds ${taken}, the address of ${nic.name} on ${name}`,
        fix: 'Begin the range behind the addresses of the nodes',
      }
      return
    }
  }
}
