import {addressIn, given, interfaceAddress} from './addresses.ts'
import {expects, expectsPrimary} from './expectations.ts'
import {bridgeNetwork, macvlanNetwork} from './networks.ts'
import {namespace, pod} from './objects.ts'
import type {Scenario, ScenarioSite} from './scenario.ts'

const ns = 'scenario-routed'
const port = 8080
const bridge = 'br-scn-routed'
/** The router's place in both subnets. */
const gateway = 1

export const routed: Scenario = {
  title: 'Two networks with a router between them',
  shows:
    'A client on one network reaches a server on another through a router pod. Each network brings the route to the other one, and the gateway that it names exists: most published examples name one that does not, ' +
    'and the packets end nowhere. Only these two subnets are routed: the default route stays with the primary network. The router gets its own pair of networks without routes, and forwards by a sysctl of the tuning plugin.',
  needs: {workers: 2, blocks: 2, subnets: 0, plugins: ['macvlan', 'bridge', 'static', 'tuning']},
  build(site) {
    // The right network is inside a node, but its packets cross the extra network: docker lets pass only what is of that one's subnet.
    const [left, right] = [given(site.blocks, 0), given(site.blocks, 1)]
    const [here, there] = [given(site.workers, 0), given(site.workers, 1)]
    const common = {namespace: ns, image: site.image}
    return {
      namespaces: [namespace(ns)],
      groundwork: networksOf(left, right, site),
      nodeFiles: [],
      workloads: [
        pod({
          ...common,
          name: 'router',
          node: here,
          attachments: [
            {network: 'left-router', interface: 'left0', ip: interfaceAddress(left, gateway)},
            {network: 'right-router', interface: 'right0', ip: interfaceAddress(right, gateway)},
          ],
        }),
        pod({...common, name: 'client', node: there, attachments: [{network: 'left', ip: interfaceAddress(left, 2)}]}),
        pod({
          ...common,
          name: 'server',
          node: here,
          port,
          attachments: [{network: 'right', ip: interfaceAddress(right, 2)}],
        }),
      ],
      checks: [
        route('client', addressIn(right, 2), addressIn(left, gateway)),
        route('server', addressIn(left, 2), addressIn(right, gateway)),
        expects('reaches', {
          namespace: ns,
          from: 'client',
          to: 'server',
          interface: 'net1',
          address: addressIn(right, 2),
        }),
        expects('reaches', {
          namespace: ns,
          from: 'server',
          to: 'client',
          interface: 'net1',
          address: addressIn(left, 2),
        }),
        expects('serves', {
          namespace: ns,
          from: 'client',
          to: 'server',
          interface: 'net1',
          address: addressIn(right, 2),
          port,
        }),
        expectsPrimary(ns, 'client'),
      ],
      look: [
        `kubectl -n ${ns} exec client -- ip route`,
        `kubectl -n ${ns} exec client -- ping -c 2 ${addressIn(right, 2)}`,
        `kubectl -n ${ns} exec router -- cat /proc/sys/net/ipv4/ip_forward`,
      ],
    }
  },
}

function networksOf(left: string, right: string, site: ScenarioSite) {
  const sysctls = {'net.ipv4.ip_forward': '1'}
  const common = {namespace: ns}
  return [
    macvlanNetwork(
      {
        ...common,
        name: 'left',
        description: 'Clients, with the route to the right network',
        subnet: left,
        routes: [{to: right, gateway: addressIn(left, gateway)}],
      },
      site,
    ),
    macvlanNetwork(
      {...common, name: 'left-router', description: "The router's side of left", subnet: left, sysctls},
      site,
    ),
    bridgeNetwork(
      {
        ...common,
        name: 'right',
        description: 'Servers, with the route to the left network',
        subnet: right,
        routes: [{to: left, gateway: addressIn(right, gateway)}],
      },
      bridge,
    ),
    bridgeNetwork({...common, name: 'right-router', description: "The router's side of right", subnet: right}, bridge),
  ]
}

function route(from: string, destination: string, by: string) {
  return expects('routed-by', {namespace: ns, pod: from, destination, interface: 'net1', gateway: by})
}
