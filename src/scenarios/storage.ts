import {given} from './addresses.ts'
import {expects, expectsPrimary} from './expectations.ts'
import {slicedNetwork} from './networks.ts'
import {namespace, replicas} from './objects.ts'
import type {Scenario} from './scenario.ts'

const ns = 'scenario-storage'
const network = 'scenario-storage'
/** What storage networks use where the switches allow it. */
const jumbo = 9000

export const storage: Scenario = {
  title: 'A storage network for a StatefulSet',
  shows:
    'Two storage nodes, each pod on a worker of its own, copy data over a network that carries nothing else. Its MTU is 9000 where the NICs of the nodes carry that, else as much as they do: ' +
    'a larger one than that of its master is refused when the pod starts. Each node hands out a part of the range, so no address is given twice although all pods are alike.',
  needs: {workers: 2, blocks: 1, subnets: 0, plugins: ['macvlan', 'host-local']},
  build(site) {
    const mtu = Math.min(jumbo, site.nic.mtu)
    const {object, nodeFiles} = slicedNetwork(
      {
        name: network,
        namespace: ns,
        description: `Copies of data between storage nodes, MTU ${mtu}`,
        subnet: given(site.blocks, 0),
        mtu,
      },
      site,
    )
    const pair = [
      ['storage-0', 'storage-1'],
      ['storage-1', 'storage-0'],
    ] as const
    return {
      namespaces: [namespace(ns)],
      groundwork: [object],
      nodeFiles: [nodeFiles],
      workloads: replicas(
        {name: 'storage', namespace: ns, image: site.image, attachments: [{network, interface: 'stor0'}]},
        {kind: 'StatefulSet', count: 2},
      ),
      checks: [
        ...pair.map(([from, to]) =>
          expects('full-frames', {namespace: ns, from, to, network: `${ns}/${network}`, mtu}),
        ),
        ...pair.map(([one]) => expectsPrimary(ns, one)),
      ],
      look: [
        `kubectl -n ${ns} get pods -o wide`,
        `kubectl -n ${ns} exec storage-0 -- ip -br link show stor0`,
        'k8s-local pod list',
      ],
    }
  },
}
