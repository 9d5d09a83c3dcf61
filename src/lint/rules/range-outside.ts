import {cidrText, contains, parseAddress, parseCidr} from '../../spec/cidr.ts'
import type {TextLeaf} from '../../tree.ts'
import type {Found, Rule} from '../rule.ts'
import type {Ipam, Pool} from '../scene.ts'
import {listAt} from '../tree-access.ts'

export const rangeOutside: Rule = {
  code: 'KL-L302',
  title: 'The range lies outside its subnet, or hands out nothing',
  severity: 'error',
  why: 'host-local refuses it ("RangeStart … not in network", also where start and end are the wrong way round), whereabouts hands out addresses that nobody can reach, or none (containernetworking/plugins v1.9.1, tried).',
  fix: 'Choose start and end inside the subnet, start first',
  *network({config}) {
    for (const {ipam} of config?.plugins ?? []) {
      if (!ipam || ipam.type === 'static') continue
      for (const pool of ipam.pools) yield* ends(pool)
      yield* exclusions(ipam)
    }
  },
}

function* ends({subnet, start, end, span, at}: Pool): Iterable<Found> {
  const outside = [start, end].filter((leaf): leaf is TextLeaf => {
    const address = parseAddress(leaf?.value ?? '')
    return address !== undefined && !contains(subnet, address)
  })
  for (const leaf of outside)
    yield {
      at: leaf,
      message: `${leaf.value} lies outside ${cidrText(subnet)}`,
      fix: `Choose an address of ${cidrText(subnet)}`,
    }
  if (outside.length === 0 && span.last.value < span.first.value)
    yield {at: start ?? end ?? at, message: 'the range ends before it starts', fix: 'Exchange start and end'}
}

function* exclusions({tree, type, pools}: Ipam): Iterable<Found> {
  if (type !== 'whereabouts') return
  for (const one of listAt(tree, 'exclude')?.items ?? []) {
    if (one.kind !== 'text') continue
    const excluded = parseCidr(one.value) ?? parseAddress(one.value)
    if (!excluded || pools.length === 0 || pools.some(({subnet}) => contains(subnet, excluded))) continue
    yield {
      at: one,
      severity: 'warn',
      message: `${one.value} is excluded, but lies outside the range anyway`,
      fix: 'Remove it, or mend the address',
    }
  }
}
