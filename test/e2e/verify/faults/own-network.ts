import {kubectl} from '../../support/cluster.ts'
import {applyManifest} from '../../support/in-namespace.ts'
import type {Fault} from './fault.ts'

/** A network in a namespace of its own. */
export function ownNetwork(
  namespace: string,
  name: string,
  config: Readonly<Record<string, unknown>>,
): Pick<Fault, 'inject' | 'heal'> {
  const definition = {
    apiVersion: 'k8s.cni.cncf.io/v1',
    kind: 'NetworkAttachmentDefinition',
    metadata: {name, namespace},
    spec: {config: JSON.stringify({cniVersion: '0.3.1', name, ...config})},
  }
  const ofNamespace = {apiVersion: 'v1', kind: 'Namespace', metadata: {name: namespace}}
  return {
    inject: ({cluster}) => applyManifest(cluster, [ofNamespace, definition]),
    heal: async ({cluster}) => void (await kubectl(cluster, ['delete', 'namespace', namespace, '--ignore-not-found'])),
  }
}
