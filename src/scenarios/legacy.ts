import {addressIn, given, interfaceAddress} from './addresses.ts'
import {expects, expectsInterface, expectsPrimary} from './expectations.ts'
import {bridgeNetwork, macvlanNetwork} from './networks.ts'
import {namespace, pod} from './objects.ts'
import type {Scenario} from './scenario.ts'

const ns = 'scenario-legacy'
const port = 8080

export const legacy: Scenario = {
  title: 'A legacy application that wants eth1 and eth2',
  shows:
    'An application from the time of virtual machines has the names of its interfaces in its configuration. The annotation gives each attachment its name (NETWORK@eth1), ' +
    'so the application runs unchanged; without that Multus would call them net1 and net2. The names are independent of those on the node.',
  needs: {workers: 2, blocks: 1, subnets: 1, plugins: ['macvlan', 'bridge', 'static']},
  build(site) {
    const [outside, inside] = [given(site.blocks, 0), given(site.subnets, 0)]
    const [here, there] = [given(site.workers, 0), given(site.workers, 1)]
    const common = {namespace: ns, image: site.image}
    const legacyPod = {namespace: ns, pod: 'legacy'}
    return {
      namespaces: [namespace(ns)],
      groundwork: [
        macvlanNetwork({name: 'outside', namespace: ns, description: 'Where its clients are', subnet: outside}, site),
        bridgeNetwork(
          {name: 'inside', namespace: ns, description: 'Where its helper is', subnet: inside},
          'br-scn-legacy',
        ),
      ],
      nodeFiles: [],
      workloads: [
        pod({
          ...common,
          name: 'legacy',
          node: here,
          port,
          attachments: [
            {network: 'outside', interface: 'eth1', ip: interfaceAddress(outside, 1)},
            {network: 'inside', interface: 'eth2', ip: interfaceAddress(inside, 1)},
          ],
        }),
        pod({
          ...common,
          name: 'client',
          node: there,
          attachments: [{network: 'outside', ip: interfaceAddress(outside, 2)}],
        }),
        pod({
          ...common,
          name: 'helper',
          node: here,
          attachments: [{network: 'inside', ip: interfaceAddress(inside, 2)}],
        }),
      ],
      checks: [
        expectsInterface(legacyPod, 'eth1', {address: interfaceAddress(outside, 1), mtu: site.nic.mtu}),
        expectsInterface(legacyPod, 'eth2', {address: interfaceAddress(inside, 1), mtu: 1500}),
        expectsPrimary(ns, 'legacy'),
        expects('serves', {
          namespace: ns,
          from: 'client',
          to: 'legacy',
          interface: 'net1',
          address: addressIn(outside, 1),
          port,
        }),
        expects('reaches', {
          namespace: ns,
          from: 'legacy',
          to: 'helper',
          interface: 'eth2',
          address: addressIn(inside, 2),
        }),
      ],
      look: [
        `kubectl -n ${ns} exec legacy -- ip -br address`,
        `kubectl -n ${ns} exec client -- curl -s --interface net1 http://${addressIn(outside, 1)}:${port}/hostname`,
      ],
    }
  },
}
