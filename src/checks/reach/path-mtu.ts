import type {Check} from '../check.ts'
import {couldNotLook, textOf} from '../seen.ts'
import {type Pair, pairLabel, scriptBetween} from './both-ways.ts'
import {onePairEach} from './pairs.ts'

/**
 * `$1` interface, `$2` address. A packet of exactly the interface's MTU, not to be fragmented, and one of a byte more. The headers of IPv4 and ICMP are
 * 28 bytes, of IPv6 and ICMPv6 48.
 */
const script = `
case $2 in *:*) headers=48 ;; *) headers=28 ;; esac
mtu=$(cat "/sys/class/net/$1/mtu") || exit 1
echo "mtu $mtu"
ping -c 2 -i 0.2 -W 1 -M do -s $((mtu - headers)) -I "$1" "$2" >/dev/null 2>&1
echo "full $?"
ping -c 1 -W 1 -M do -s $((mtu - headers + 1)) -I "$1" "$2" >/dev/null 2>&1
echo "more $?"
`

/** R03: the largest packet that the interface promises to carry arrives in one piece, and one of a byte more does not. */
export const pathMtu: Check<Pair> = {
  id: 'R03',
  title: 'Packets of full size pass',
  tier: 'default',
  severity: 'error',
  settleSeconds: 5,
  needs: ['multus', 'attached-pods'],
  subjects: onePairEach,
  label: pairLabel,
  probes: (pair) => ({sizes: scriptBetween(pair, script)}),
  judge(evidence, {from, to, network}) {
    const sizes = textOf(evidence, 'sizes')
    if ('missing' in sizes) return couldNotLook(`the way from ${from.pod} to ${to.pod}`, sizes)
    const lines = sizes.value.trim().split('\n')
    const {mtu, full, more} = Object.fromEntries(lines.map((line) => line.split(' ') as [string, string]))
    if (full !== '0')
      return {
        status: 'fail',
        summary: `a packet of ${mtu} bytes, the MTU of ${from.pod}'s interface, does not arrive at ${to.pod}`,
        cause:
          'something on the way carries less than the interface promises: another MTU on the other node, or an overlay',
        fix: `set an MTU that all nodes carry: k8s-local net show ${network}, and on each node: ip -o link`,
      }
    if (more === '0')
      return {status: 'warn', summary: `a packet of ${Number(mtu) + 1} bytes passes, though the MTU is ${mtu}`}
    return {status: 'pass', summary: `${mtu} bytes pass from ${from.pod} to ${to.pod}, one more does not`}
  },
}
