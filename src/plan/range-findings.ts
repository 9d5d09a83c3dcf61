import type {FamilyWish} from '../spec/address-family.ts'
import {type AddressSpan, spanContains, spansOverlap} from '../spec/address.ts'
import {addressText, type Cidr, cidrText, contains, hostSpan, parseAddress} from '../spec/cidr.ts'
import type {PreflightFinding} from './preflight-finding.ts'

/** What is handed out elsewhere: it must not be handed out twice. */
export interface Blocked {
  readonly owner: string
  readonly span: AddressSpan
}

/** What is wrong with a range inside its subnet, beside its gateway, and beside what others hand out. */
export function rangeFindings(
  {rangeStart, rangeEnd}: FamilyWish,
  subnet: Cidr,
  span: AddressSpan,
  blocked: readonly Blocked[],
  gateway: string | undefined,
): readonly PreflightFinding[] {
  const at = rangeEnd !== undefined && rangeStart === undefined ? '--range-end' : '--range-start'
  const hosts = hostSpan(subnet)
  const range = `${addressText(span.first)}-${addressText(span.last)}`
  const gate = gateway === undefined ? undefined : parseAddress(gateway)
  const findings: PreflightFinding[] = []
  if (span.first.value > span.last.value) return [invalid(at, `the range ${range} ends before it starts`)]
  if (!spanContains(hosts, span.first) || !spanContains(hosts, span.last))
    findings.push(
      invalid(
        at,
        `the range ${range} is not inside ${cidrText(subnet)} (${addressText(hosts.first)} to ${addressText(hosts.last)})`,
      ),
    )
  if (gateway !== undefined && !gate) findings.push(invalid('--gateway', `${gateway} is not an address`))
  if (gate && !contains(subnet, gate))
    findings.push(invalid('--gateway', `the gateway ${gateway} is not inside ${cidrText(subnet)}`))
  if (gate && spanContains(span, gate))
    findings.push(
      invalid('--gateway', `the gateway ${gateway} lies in the range ${range}, which pods get their addresses from`),
    )
  for (const {owner, span: other} of blocked) {
    if (spansOverlap(span, other))
      findings.push(
        invalid(
          at,
          `the range ${range} overlaps ${owner}, ${addressText(other.first)}-${addressText(other.last)}`,
          'leave the range out: a free one is taken',
        ),
      )
  }
  return findings
}

export function invalid(at: string, message: string, fix?: string): PreflightFinding {
  return {problem: 'invalid-input', at, message, ...(fix === undefined ? {} : {fix})}
}
