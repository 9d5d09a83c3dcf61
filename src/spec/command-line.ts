import {clusterFields} from './cluster-fields.ts'
import type {ClusterSpec} from './cluster-spec.ts'
import {nodeNetworkText} from './node-network.ts'
import {testNetworksByDefault} from './read-cluster-spec.ts'

/** The words of the command that asks for the same cluster: only what differs from the defaults, in the order of the field table. */
export function toCommandLine(spec: ClusterSpec): readonly string[] {
  const words = (Object.keys(clusterFields) as readonly (keyof typeof clusterFields)[]).flatMap((key) =>
    wordsOf(key, spec),
  )
  return ['k8s-local', 'create', spec.name, ...words]
}

function wordsOf(key: keyof typeof clusterFields, spec: ClusterSpec): readonly string[] {
  const {flag, default: preset} = clusterFields[key]
  if (key === 'testNetworks') {
    return spec.testNetworks === testNetworksByDefault(spec) ? [] : [spec.testNetworks ? `--${flag}` : `--no-${flag}`]
  }
  if (key !== 'networks') return spec[key] === preset ? [] : [`--${flag}`, String(spec[key])]
  const wanted = spec.networks.map(nodeNetworkText)
  if (wanted.join() === clusterFields.networks.default.map(nodeNetworkText).join()) return []
  return (wanted.length === 0 ? ['none'] : wanted).flatMap((network) => [`--${flag}`, network])
}
