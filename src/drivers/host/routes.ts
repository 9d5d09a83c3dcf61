/** Destinations in /proc/net/route (addresses and masks are hex, little end first), CIDR, without the default route. */
export function parseLinuxRoutes(table: string): readonly string[] {
  const rows = table
    .split('\n')
    .slice(1)
    .map((row) => row.split('\t'))
  return rows.flatMap(([, destination, , , , , , mask]) => {
    if (!destination || !mask) return []
    const length = Number.parseInt(mask, 16).toString(2).replaceAll('0', '').length
    return length === 0 ? [] : [`${littleEndian(destination)}/${length}`]
  })
}

/**
 * Destinations that BSD's `netstat -rn` prints, CIDR, without the default route. It leaves out zero octets at the end (`10`,
 * `192.168.64/24`) and masks of the address's class (`169.254`).
 */
export function parseNetstatRoutes(output: string): readonly string[] {
  return output.split('\n').flatMap((row) => {
    const [, address = '', length] = /^(\d+(?:\.\d+){0,3})(?:\/(\d+))?\s/.exec(row) ?? []
    if (address === '') return []
    const octets = address.split('.')
    const whole = [...octets, '0', '0', '0'].slice(0, 4).join('.')
    return length === '0' ? [] : [`${whole}/${length ?? octets.length * 8}`]
  })
}

function littleEndian(hex: string): string {
  return (hex.match(/../g) ?? [])
    .toReversed()
    .map((octet) => Number.parseInt(octet, 16))
    .join('.')
}
