import {cidrSize, cidrText, parseCidr} from '../../spec/cidr.ts'
import type {Verdict} from '../../steps/check-request.ts'
import {parseNetworkConfig} from '../network-config.ts'
import type {InsideInterface} from '../pod-inside.ts'
import {declaredRoutes} from './declared-routes.ts'

export interface AttachedInterface {
  /** `namespace/name`. */
  readonly network: string
  readonly config: string
  readonly inside: InsideInterface
}

/** Where the routes by an interface are not those that its network declares: the default route, one too many, one that is missing, one that goes another way. */
export function routeFaults(one: AttachedInterface, pod: string): readonly Verdict[] {
  const {network, config, inside} = one
  const declared = declaredRoutes(config)
  const present = inside.routes.map(readRoute)
  const wanted = [...(declared.throughGateway ? [] : connected(inside)), ...declared.routes.map(toRoute)]
  const allowed = new Set([...wanted.map(({to}) => to), ...(declared.throughGateway ? byGateway(one) : [])])
  const where = `of ${pod} by ${inside.interface}`
  const stolen = present.some(({to}) => to === 'default') ? [takesDefault(one, pod, declared.default)] : []
  if (declared.open) return stolen
  const extra = present.filter(({to}) => to !== 'default' && !allowed.has(to))
  const missing = wanted.filter(({to}) => !present.some((route) => route.to === to))
  const otherwise = declared.routes.map(toRoute).flatMap(({to, gateway}) => {
    const found = present.find((route) => route.to === to)
    return gateway !== undefined && found && found.gateway !== gateway ? [{to, gateway, found}] : []
  })
  return [
    ...stolen,
    ...extra.map(({to}) =>
      fault(`the route ${where} to ${to} is not declared by ${network}`, 'something has added it'),
    ),
    ...missing.map(({to}) =>
      fault(
        `there is no route ${where} to ${to}, which ${network} declares`,
        'its plugin did not set it, or something has removed it',
      ),
    ),
    ...otherwise.map(({to, gateway, found}) =>
      fault(
        `the route ${where} to ${to} goes ${words(found.gateway)}, and ${network} declares ${words(gateway)}`,
        'something has changed it',
      ),
    ),
  ]
}

interface Route {
  readonly to: string
  readonly gateway?: string | undefined
}

function takesDefault({network, inside}: AttachedInterface, pod: string, declared: boolean): Verdict {
  return {
    status: 'fail',
    summary: `the default route of ${pod} leaves by ${inside.interface} of ${network}, which it did not ask for`,
    cause: declared
      ? `${network} brings a default route of its own`
      : `something has added it: ${network} declares none`,
    fix: declared
      ? 'remove 0.0.0.0/0 and ::/0 from its "routes", and "isDefaultGateway"; a pod that wants it asks: k8s-local pod add --default-route'
      : 'delete the pod and create it again',
  }
}

/** The subnets of its addresses, which the kernel makes routes of. */
function connected({addresses}: InsideInterface): readonly Route[] {
  return addresses.flatMap((address) => {
    const subnet = parseCidr(address)
    return subnet === undefined || cidrSize(subnet) === 1n ? [] : [{to: cidrText(subnet)}]
  })
}

/** What ptp makes in the place of the kernel's own routes: one to the gateway, and one to the subnet through it (plugins v1.9.1, ptp.go). */
function byGateway({config, inside}: AttachedInterface): readonly string[] {
  const parsed = parseNetworkConfig(config)
  const gateways = 'fault' in parsed ? [] : parsed.pools.flatMap(({gateway}) => gateway ?? [])
  const hops = inside.routes.map(readRoute).flatMap(({gateway}) => gateway ?? [])
  return [...gateways, ...hops, ...connected(inside).map(({to}) => to)]
}

function readRoute(text: string): Route {
  const [to = '', gateway] = text.split(' via ')
  return {to: plain(to), gateway}
}

function toRoute({to, gateway}: {readonly to: string; readonly gateway?: string}): Route {
  return {to: plain(to), gateway}
}

/** As `ip` prints it: host bits cleared, no length for a single address. */
function plain(to: string): string {
  const cidr = parseCidr(to)
  if (cidr === undefined) return to
  return cidrSize(cidr) === 1n ? cidrText(cidr).replace(/\/\d+$/, '') : cidrText(cidr)
}

function words(gateway: string | undefined): string {
  return gateway === undefined ? 'straight' : `through ${gateway}`
}

function fault(summary: string, cause: string): Verdict {
  return {status: 'fail', summary, cause, fix: 'delete the pod and create it again'}
}
