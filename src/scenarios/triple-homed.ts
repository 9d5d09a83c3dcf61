import {addressIn, given, interfaceAddress} from './addresses.ts'
import {expects, expectsInterface, expectsPrimary} from './expectations.ts'
import {bridgeNetwork, macvlanNetwork} from './networks.ts'
import {namespace, pod} from './objects.ts'
import type {Scenario, ScenarioSite} from './scenario.ts'

const ns = 'scenario-triple-homed'
const kinds = ['front', 'storage', 'backup'] as const
type Kind = (typeof kinds)[number]

export const tripleHomed: Scenario = {
  title: 'A pod on three networks',
  shows:
    'One pod with four interfaces: the primary one, a macvlan network over all nodes, and two bridges inside its node. The order of the annotation is the order of the interfaces. ' +
    'Each network has a subnet of its own, which decides by which interface a packet leaves: two interfaces of one subnet would answer for each other.',
  needs: {workers: 2, blocks: 1, subnets: 2, plugins: ['macvlan', 'bridge', 'static']},
  build(site) {
    const [here, there] = [given(site.workers, 0), given(site.workers, 1)]
    const common = {namespace: ns, image: site.image}
    return {
      namespaces: [namespace(ns)],
      groundwork: [
        macvlanNetwork(
          {name: 'front', namespace: ns, description: 'Clients on any node', subnet: subnetOf('front', site)},
          site,
        ),
        bridgeNetwork(
          {name: 'storage', namespace: ns, description: 'Storage on the same node', subnet: subnetOf('storage', site)},
          'br-scn-tri-stor',
        ),
        bridgeNetwork(
          {name: 'backup', namespace: ns, description: 'Backup on the same node', subnet: subnetOf('backup', site)},
          'br-scn-tri-back',
        ),
      ],
      nodeFiles: [],
      workloads: [
        pod({
          ...common,
          name: 'triple',
          node: here,
          attachments: kinds.map((kind) => ({
            network: kind,
            interface: interfaceOf(kind),
            ip: interfaceAddress(subnetOf(kind, site), 1),
          })),
        }),
        ...kinds.map((kind) =>
          pod({
            ...common,
            name: `${kind}-peer`,
            node: kind === 'front' ? there : here,
            attachments: [{network: kind, ip: interfaceAddress(subnetOf(kind, site), 2)}],
          }),
        ),
      ],
      checks: [...kinds.flatMap((kind) => checksOf(kind, site)), expectsPrimary(ns, 'triple')],
      look: [
        `kubectl -n ${ns} exec triple -- ip -br address`,
        `kubectl -n ${ns} exec triple -- ip route`,
        `kubectl -n ${ns} get pod triple -o jsonpath='{.metadata.annotations}'`,
      ],
    }
  },
}

function checksOf(kind: Kind, site: ScenarioSite) {
  const name = interfaceOf(kind)
  const peer = addressIn(subnetOf(kind, site), 2)
  return [
    expectsInterface({namespace: ns, pod: 'triple'}, name, {
      address: interfaceAddress(subnetOf(kind, site), 1),
      mtu: kind === 'front' ? site.nic.mtu : 1500,
    }),
    expects('routed-by', {namespace: ns, pod: 'triple', destination: peer, interface: name, gateway: ''}),
    expects('reaches', {namespace: ns, from: 'triple', to: `${kind}-peer`, interface: name, address: peer}),
  ]
}

function interfaceOf(kind: Kind): string {
  return `${kind}0`
}

function subnetOf(kind: Kind, {blocks, subnets}: ScenarioSite): string {
  return kind === 'front' ? given(blocks, 0) : given(subnets, kind === 'storage' ? 0 : 1)
}
