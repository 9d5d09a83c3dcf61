import {type AddressSpan, spansOverlap} from '../spec/address.ts'
import {type Cidr, contains, parseAddress} from '../spec/cidr.ts'
import type {NetworkSpec} from '../spec/network-spec.ts'
import type {PreflightFinding} from './preflight-finding.ts'
import {invalid} from './range-findings.ts'

/** The one address as a span; nothing for a text that is none. */
export function spanOf(text: string): readonly AddressSpan[] {
  const address = parseAddress(text)
  return address ? [{first: address, last: address}] : []
}

/** Gateways of routes, where they are in the subnet. */
export function routersOf({routes = []}: NetworkSpec, subnet: Cidr): readonly string[] {
  return routes.flatMap(({gateway}) => {
    const address = gateway === undefined ? undefined : parseAddress(gateway)
    return gateway !== undefined && address && contains(subnet, address) ? [gateway] : []
  })
}

/** A gateway that a pod could get as its own address. */
export function routerFindings(routers: readonly string[], span: AddressSpan): readonly PreflightFinding[] {
  return routers
    .filter((router) => spanOf(router).some((one) => spansOverlap(one, span)))
    .map((router) =>
      invalid(
        '--route',
        `the gateway ${router} lies in the range which pods get their addresses from`,
        'give a range without it: --range-start, --range-end',
      ),
    )
}
