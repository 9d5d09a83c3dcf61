import {spanContains} from '../../spec/address.ts'
import {cidrText, contains, parseAddress} from '../../spec/cidr.ts'
import type {Rule} from '../rule.ts'

export const gateway: Rule = {
  code: 'KL-L303',
  title: 'The gateway is not where a gateway can be',
  severity: 'error',
  why: 'A route through a gateway outside the subnet is refused by the kernel: network is unreachable (tried). whereabouts does not know the gateway and hands its address out where the range holds it.',
  fix: 'Choose a gateway inside the subnet and outside the range',
  *network({config}) {
    for (const {ipam} of config?.plugins ?? []) {
      for (const {subnet, span, gateway: leaf} of ipam?.pools ?? []) {
        const address = parseAddress(leaf?.value ?? '')
        if (!leaf || !address) continue
        if (!contains(subnet, address))
          yield {
            at: leaf,
            message: `the gateway ${leaf.value} lies outside ${cidrText(subnet)}`,
            fix: `Choose an address of ${cidrText(subnet)}`,
          }
        else if (ipam?.type === 'whereabouts' && spanContains(span, address))
          yield {
            at: leaf,
            severity: 'warn',
            message: `a pod may get the address of the gateway, ${leaf.value}`,
            fix: `Begin range_start behind it, or add "exclude": ["${leaf.value}/32"]`,
          }
      }
    }
  },
}
