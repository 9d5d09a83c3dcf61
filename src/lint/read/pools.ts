import {type AddressSpan, plus} from '../../spec/address.ts'
import {type Cidr, hostSpan, parseAddress, parseCidr} from '../../spec/cidr.ts'
import type {TextLeaf, Tree, TreeMap} from '../../tree.ts'
import type {Pool} from '../scene.ts'
import {leafAt, listAt} from '../tree-access.ts'

/** What an IPAM hands out, in order. What cannot be read is left out: another rule speaks of it. Each IPAM writes its ranges in its own way (multus facts §3.3). */
export function poolsOf(type: string, ipam: TreeMap): readonly Pool[] {
  switch (type) {
    case 'host-local':
      return hostLocalRanges(ipam).flatMap((range) =>
        toPool(leafAt(range, 'subnet'), {
          start: leafAt(range, 'rangeStart'),
          end: leafAt(range, 'rangeEnd'),
          gateway: leafAt(range, 'gateway'),
        }),
      )
    case 'whereabouts':
      return [ipam, ...(listAt(ipam, 'ipRanges')?.items ?? [])].flatMap((range) => whereaboutsPool(range))
    case 'static':
      return (listAt(ipam, 'addresses')?.items ?? []).flatMap((one) => staticPool(one))
    default:
      return []
  }
}

/** The maps that hold `subnet`: the IPAM itself in the old form, and each range of each set in `ranges`. */
export function hostLocalRanges(ipam: TreeMap): readonly Tree[] {
  const sets = listAt(ipam, 'ranges')?.items ?? []
  return [ipam, ...sets.flatMap((set) => (set.kind === 'list' ? set.items : []))]
}

/** whereabouts also takes `first-last/prefix` as one text. */
export function splitRange(text: string): {readonly subnet: string; readonly first?: string; readonly last?: string} {
  const dash = text.indexOf('-')
  const slash = text.lastIndexOf('/')
  if (dash < 0 || slash < dash) return {subnet: text}
  const first = text.slice(0, dash).trim()
  return {subnet: `${first}${text.slice(slash)}`, first, last: text.slice(dash + 1, slash).trim()}
}

function whereaboutsPool(range: Tree): readonly Pool[] {
  const leaf = leafAt(range, 'range')
  if (!leaf) return []
  const {subnet, first, last} = splitRange(leaf.value)
  const ends = {start: leafAt(range, 'range_start'), end: leafAt(range, 'range_end'), gateway: leafAt(range, 'gateway')}
  return toPool(leaf, ends, {subnet, first, last})
}

function staticPool(one: Tree): readonly Pool[] {
  const leaf = leafAt(one, 'address')
  const address = leaf?.value.split('/')[0]
  return toPool(leaf, {gateway: leafAt(one, 'gateway')}, {subnet: leaf?.value ?? '', first: address, last: address})
}

function toPool(
  leaf: TextLeaf | undefined,
  {start, end, gateway}: {start?: TextLeaf | undefined; end?: TextLeaf | undefined; gateway?: TextLeaf | undefined},
  text: {subnet: string; first?: string | undefined; last?: string | undefined} = {subnet: leaf?.value ?? ''},
): readonly Pool[] {
  const subnet = parseCidr(text.subnet)
  if (!leaf || !subnet) return []
  const span = spanOf(subnet, start?.value ?? text.first, end?.value ?? text.last)
  return [{subnet, span, at: leaf, ...(gateway && {gateway}), ...(start && {start}), ...(end && {end})}]
}

function spanOf(subnet: Cidr, start: string | undefined, end: string | undefined): AddressSpan {
  const hosts = hostSpan(subnet)
  const first = parseAddress(start ?? '') ?? hosts.first
  const last = parseAddress(end ?? '') ?? hosts.last
  // Ends that are the wrong way round hand out nothing; another rule says so.
  return first.family === last.family && first.value <= last.value ? {first, last} : {first, last: plus(first, -1)}
}
