import type {AttachmentRef, Probe} from './check-request.ts'

/** The pods that a probe looks into, or whose attachments its words name. */
export function podsOf(probe: Probe): readonly Pick<AttachmentRef, 'namespace' | 'pod'>[] {
  switch (probe.type) {
    case 'ping': {
      const {namespace, from, to, toNamespace = namespace} = probe
      return [
        {namespace, pod: from},
        {namespace: toNamespace, pod: to},
      ]
    }
    case 'pod':
    case 'node': {
      const named = probe.argv.flatMap((word) =>
        typeof word === 'string' ? [] : ['address' in word ? word.address : word.interface],
      )
      return probe.type === 'pod' ? [probe, ...named] : named
    }
    case 'api':
    case 'admission':
    case 'start-times':
    case 'verdict':
      return []
  }
}
