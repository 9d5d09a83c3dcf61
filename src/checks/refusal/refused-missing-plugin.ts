import {ownDefinition, ownNetworkName} from '../own-network.ts'
import {refusal} from './refusal.ts'

/**
 * A network of a type that no node has a plugin for. Under thin Multus such a pod stays for good: CNI DEL fails as ADD did, and the kubelet tries it
 * again without end (seen with 4.3.0 and containerd 1.6; thick's shim hides failures of DEL).
 */
export const refusedMissingPlugin = refusal({
  id: 'X02',
  title: 'Missing plugin is refused',
  name: 'refused-missing-plugin',
  asks: [{network: ownNetworkName('no-plugin')}],
  objects: (stage) => [ownDefinition('no-plugin', {cniVersion: '0.3.1', type: 'k8s-local-verify-nothing'}, stage)],
  skip: ({multus}) =>
    multus === 'thin'
      ? 'under thin Multus the pod could never be removed: its plugin is missing for CNI DEL too. plugins-present looks for missing plugins'
      : undefined,
  says: /failed to find plugin "k8s-local-verify-nothing"/,
})
