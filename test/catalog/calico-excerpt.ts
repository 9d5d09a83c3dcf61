/**
 * The keys of Calico's manifest that our edits look for, at its columns: environment variables 12 in; the lists of the probes 14 in
 * up to 3.30 and 16 in from 3.31 on.
 */
export function calicoExcerpt(listColumn: number): string {
  const list = ' '.repeat(listColumn)
  return `data:
  calico_backend: "bird"
env:
            - name: IP
              value: "autodetect"
            - name: CALICO_IPV4POOL_IPIP
              value: "Always"
            - name: CALICO_IPV4POOL_VXLAN
              value: "Never"
            - name: CALICO_IPV6POOL_VXLAN
              value: "Never"
            # - name: CALICO_IPV4POOL_CIDR
            #   value: "192.168.0.0/16"
live:
              command:
${list}- /bin/calico-node
${list}- -felix-live
${list}- -bird-live
ready:
              command:
${list}- /bin/calico-node
${list}- -felix-ready
${list}- -bird-ready
`
}
