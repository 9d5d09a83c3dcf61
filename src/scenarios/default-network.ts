import {networkAttachmentDefinition} from '../templates/nad.ts'
import {addressIn, given} from './addresses.ts'
import {expects} from './expectations.ts'
import {leasesFolder} from './networks.ts'
import {namespace, pod} from './objects.ts'
import type {Scenario} from './scenario.ts'

const ns = 'scenario-default-network'
/** Where Multus looks for a default network that is named without a namespace (multus v4.3.0 pkg/types/conf.go). */
const networkNamespace = 'kube-system'
const network = 'scenario-default'

export const defaultNetwork: Scenario = {
  title: 'Pods whose eth0 is another network',
  shows:
    "The annotation v1.multus-cni.io/default-network puts a network in the place of the cluster's own: eth0 and the pod IP are of it, and there is no interface of Cilium or Calico at all, so no network policy and no way to other nodes. " +
    "Multus looks for the name in kube-system, not in the pod's namespace: that is where the network is. It cannot take requests for addresses, so the network hands them out.",
  needs: {workers: 1, blocks: 0, subnets: 1, plugins: ['bridge', 'host-local']},
  build(site) {
    const subnet = given(site.subnets, 0)
    const names = ['first', 'second'] as const
    const config = {
      cniVersion: '0.3.1',
      name: network,
      type: 'bridge',
      bridge: 'br-scn-default',
      // The pods have no other way out than the node.
      isDefaultGateway: true,
      ipMasq: false,
      ipam: {type: 'host-local', ranges: [[{subnet}]], dataDir: leasesFolder},
    }
    return {
      namespaces: [namespace(ns)],
      groundwork: [
        networkAttachmentDefinition(
          {name: network, namespace: networkNamespace, description: 'Takes the place of the primary network'},
          config,
        ),
      ],
      nodeFiles: [],
      workloads: names.map((name) =>
        pod({
          name,
          namespace: ns,
          image: site.image,
          node: given(site.workers, 0),
          attachments: [],
          defaultNetwork: network,
        }),
      ),
      checks: [
        ...names.map((name) =>
          expects('primary-replaced', {namespace: ns, pod: name, network: `${networkNamespace}/${network}`, subnet}),
        ),
        ...names.map((name, index) =>
          expects('full-frames', {
            namespace: ns,
            from: name,
            to: given(names, 1 - index),
            network: `${networkNamespace}/${network}`,
            mtu: 1500,
          }),
        ),
        expects('routed-by', {
          namespace: ns,
          pod: 'first',
          destination: '192.0.2.1',
          interface: 'eth0',
          gateway: addressIn(subnet, 1),
        }),
      ],
      look: [
        `kubectl -n ${ns} get pods -o wide`,
        `kubectl -n ${ns} exec first -- ip -br address`,
        `kubectl -n ${networkNamespace} get network-attachment-definition ${network} -o yaml`,
      ],
    }
  },
}
