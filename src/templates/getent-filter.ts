/** Where the filter is put on a node. PATH finds it before /usr/bin, and it survives a restart of the node's container. */
export const getentFilterPath = '/usr/local/sbin/getent'

export interface GetentFilterInput {
  /** IPv4 CIDRs of the extra networks. */
  readonly subnets: readonly string[]
  /** The program that answers. */
  readonly getent?: string
  /** The file that holds the node's own name. */
  readonly hostname?: string
}

/**
 * A shell script that answers like getent, but leaves addresses of the given subnets out of the answer to "what is my own address".
 *
 * A node with an extra network has one line per network in /etc/hosts, which the engine writes anew, in no fixed order, at every
 * start. The node's entry point takes the first answer of `getent ahostsv4 $(hostname)` for the node's address, so about one restart in
 * three moves a node's InternalIP to the extra network (kind #2917, open; seen with kind v0.33 and Docker 20.10).
 * Needs sh and awk on the node. When every address would go, the answer stays as it was.
 */
export function getentFilter({
  subnets,
  getent = '/usr/bin/getent',
  hostname = '/proc/sys/kernel/hostname',
}: GetentFilterInput): string {
  return `#!/bin/sh
# Written by k8s-local: keeps a restart from moving this node's address to an extra network (kind #2917).
getent=${getent}
subnets='${subnets.join(' ')}'

read -r own <${hostname}
case "$1" in ahosts | ahostsv4 | hosts) ;; *) exec "$getent" "$@" ;; esac
if [ "$#" -ne 2 ] || [ "$2" != "$own" ]; then
  exec "$getent" "$@"
fi

answer="$("$getent" "$@")" || exit "$?"
kept="$(printf '%s\\n' "$answer" | awk -v subnets="$subnets" '
  function number(address, part) {
    if (split(address, part, ".") != 4) return -1
    return ((part[1] * 256 + part[2]) * 256 + part[3]) * 256 + part[4]
  }
  BEGIN {
    count = split(subnets, subnet, " ")
    for (i = 1; i <= count; i++) {
      split(subnet[i], half, "/")
      size[i] = 1
      for (bits = 32 - half[2]; bits > 0; bits--) size[i] *= 2
      block[i] = int(number(half[1]) / size[i])
    }
  }
  {
    address = number($1)
    extra = 0
    for (i = 1; i <= count; i++) if (address >= 0 && int(address / size[i]) == block[i]) extra = 1
    if (!extra) print
  }')"
printf '%s\\n' "\${kept:-$answer}"
`
}
