/** macvlan and bridge in turn, whereabouts and host-local in turn, each with a range of its own; every hundredth has a mistake. As one person could have them. */
export function manyNetworks(count: number): string {
  return Array.from({length: count}, (_, index) => networkText(index)).join('---\n')
}

/** The configuration of one of them. */
export function networkConfig(index: number): string {
  const subnet = `10.${100 + (index >> 8)}.${index & 255}.0/24`
  const type =
    index % 2 === 0 ? `"type": "macvlan",\n  "master": "eth0"` : `"type": "bridge",\n  "bridge": "br-${index}"`
  const ipam =
    index % 4 < 2
      ? `"type": "whereabouts",\n    "range": "${subnet}"`
      : `"type": "host-local",\n    "ranges": [[{"subnet": "${subnet}"}]]`
  const mistake = index % 100 === 0 ? `,\n  "mtuu": 9000` : ''
  return `{
  "cniVersion": "0.3.1",
  ${type}${mistake},
  "ipam": {
    ${ipam}
  }
}`
}

function networkText(index: number): string {
  return `apiVersion: k8s.cni.cncf.io/v1
kind: NetworkAttachmentDefinition
metadata:
  name: network-${index}
  namespace: team-${index % 50}
  annotations:
    kubernetes.io/description: Number ${index} of many
spec:
  config: |-
    ${networkConfig(index).replaceAll('\n', '\n    ')}
`
}
