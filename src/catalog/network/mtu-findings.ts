import type {Finding} from '../../problem.ts'

/** Linux accepts 68 to 65535 for an Ethernet device; a macvlan is further limited by its master, which only the node knows. */
export function mtuFindings(mtu: number | undefined): readonly Finding[] {
  if (mtu === undefined || (Number.isInteger(mtu) && mtu >= 68 && mtu <= 65_535)) return []
  return [{at: '--mtu', message: `an MTU of ${mtu} is not possible`, fix: 'Use 68 to 65535; 1500 is usual'}]
}
