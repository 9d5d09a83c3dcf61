import {lint} from '../../src/lint/lint.ts'
import {median} from './median.ts'

export interface LintBench {
  readonly networks: number
  readonly megabytes: number
  /** Median, reading included. */
  readonly milliseconds: number
}

/** Reading and judging ten thousand networks of four kinds, all in one text, as one person could have them; without starting the program. */
export function measureLint(rounds: number): LintBench {
  const networks = 10_000
  const text = Array.from({length: networks}, (_, index) => networkText(index)).join('---\n')
  const times = Array.from({length: rounds}, () => {
    const started = performance.now()
    const {objects, findings} = lint({sources: [{name: 'networks.yaml', text, origin: 'file'}]})
    const milliseconds = performance.now() - started
    if (objects !== networks || findings.length === 0)
      throw new Error(`${objects} objects, ${findings.length} findings`)
    return milliseconds
  })
  return {networks, megabytes: text.length / 1e6, milliseconds: median(times)}
}

/** macvlan and bridge in turn, whereabouts and host-local in turn, each with a range of its own; every hundredth has a mistake. */
function networkText(index: number): string {
  const subnet = `10.${100 + (index >> 8)}.${index & 255}.0/24`
  const type =
    index % 2 === 0 ? `"type": "macvlan",\n      "master": "eth0"` : `"type": "bridge",\n      "bridge": "br-${index}"`
  const ipam =
    index % 4 < 2
      ? `"type": "whereabouts",\n        "range": "${subnet}"`
      : `"type": "host-local",\n        "ranges": [[{"subnet": "${subnet}"}]]`
  const mistake = index % 100 === 0 ? `,\n      "mtuu": 9000` : ''
  return `apiVersion: k8s.cni.cncf.io/v1
kind: NetworkAttachmentDefinition
metadata:
  name: network-${index}
  namespace: team-${index % 50}
  annotations:
    kubernetes.io/description: Number ${index} of many
spec:
  config: |-
    {
      "cniVersion": "0.3.1",
      ${type}${mistake},
      "ipam": {
        ${ipam}
      }
    }
`
}
