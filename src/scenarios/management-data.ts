import {addressIn, given, interfaceAddress} from './addresses.ts'
import {expects, expectsInterface, expectsPrimary} from './expectations.ts'
import {bridgeNetwork, macvlanNetwork, ownAddressesOnly} from './networks.ts'
import {appLabel, closePrimary, namespace, pod} from './objects.ts'
import type {Scenario} from './scenario.ts'

const ns = 'scenario-management-data'
const port = 5432

export const managementData: Scenario = {
  title: 'A database with a data and a management network',
  shows:
    'Clients on other nodes reach the database over the data network only, an operator on its node over the management network only. ' +
    'Neither network leads to the other, and a NetworkPolicy closes the primary network: policies rule eth0 and know nothing of second interfaces, ' +
    'so the pods that have a network are the ones that may use it. A setting of the tuning plugin keeps the database from answering for its address of one network on the other, as Linux would.',
  needs: {workers: 2, blocks: 1, subnets: 1, plugins: ['macvlan', 'bridge', 'static', 'tuning']},
  build(site) {
    const [data, management] = [given(site.blocks, 0), given(site.subnets, 0)]
    const [here, there] = [given(site.workers, 0), given(site.workers, 1)]
    const toData = (place: number) => ({network: 'data', interface: 'data0', ip: interfaceAddress(data, place)})
    const toManagement = (place: number) => ({
      network: 'management',
      interface: 'mgmt0',
      ip: interfaceAddress(management, place),
    })
    const common = {namespace: ns, image: site.image}
    const network = {namespace: ns, sysctls: ownAddressesOnly}
    const database = {namespace: ns, pod: 'database'}
    return {
      namespaces: [namespace(ns)],
      groundwork: [
        macvlanNetwork(
          {...network, name: 'data', description: 'What clients of the database send and get', subnet: data},
          site,
        ),
        bridgeNetwork(
          {...network, name: 'management', description: 'Operators of the database, on its node', subnet: management},
          'br-scn-mgmt',
        ),
        closePrimary({namespace: ns, name: 'database'}, {pods: {[appLabel]: 'database'}}),
      ],
      nodeFiles: [],
      workloads: [
        pod({...common, name: 'database', node: here, port, attachments: [toData(1), toManagement(1)]}),
        pod({...common, name: 'application', node: there, attachments: [toData(2)]}),
        pod({...common, name: 'operator', node: here, attachments: [toManagement(2)]}),
      ],
      checks: [
        expectsInterface(database, 'data0', {address: interfaceAddress(data, 1), mtu: site.nic.mtu}),
        expectsInterface(database, 'mgmt0', {address: interfaceAddress(management, 1), mtu: 1500}),
        expectsPrimary(ns, 'database'),
        ...whoReachesWhom({data: addressIn(data, 1), management: addressIn(management, 1)}),
      ],
      look: [
        `kubectl -n ${ns} exec application -- curl -s --interface data0 http://${addressIn(data, 1)}:${port}/hostname`,
        `kubectl -n ${ns} exec database -- ip -br address`,
        `kubectl -n ${ns} get networkpolicy database -o yaml`,
      ],
    }
  },
}

function whoReachesWhom(address: {readonly data: string; readonly management: string}) {
  const served = {namespace: ns, to: 'database', port}
  return [
    expects('serves', {...served, from: 'application', interface: 'data0', address: address.data}),
    expects('serves', {...served, from: 'operator', interface: 'mgmt0', address: address.management}),
    expects('cut-off', {
      namespace: ns,
      from: 'application',
      to: 'database on the management network',
      interface: 'data0',
      address: address.management,
    }),
    expects('cut-off', {
      namespace: ns,
      from: 'operator',
      to: 'database on the data network',
      interface: 'mgmt0',
      address: address.data,
    }),
    ...['application', 'operator'].map((from) =>
      expects('primary-closed', {namespace: ns, from, to: 'database', toNamespace: ns}),
    ),
  ]
}
