import {addressIn, given, interfaceAddress} from './addresses.ts'
import {expects, expectsInterface, expectsPrimary} from './expectations.ts'
import {bridgeNetwork, macvlanNetwork, ownAddressesOnly} from './networks.ts'
import {namespace, pod} from './objects.ts'
import type {Scenario, ScenarioSite} from './scenario.ts'

const ns = 'scenario-nfv'
const port = 8080
/** A bridge inside a node carries whatever its ports do. */
const dataMtu = 9000

export const nfv: Scenario = {
  title: 'Network functions with a control and a data plane',
  shows:
    'A controller reaches a network function on every node over the control network, which spans the nodes. What the functions carry for their workloads stays on a bridge inside the node, with frames of 9000 bytes: ' +
    'it never meets the control plane, nor the data plane of another node.',
  needs: {workers: 2, blocks: 1, subnets: 1, plugins: ['macvlan', 'bridge', 'static', 'tuning']},
  build(site) {
    const [control, data] = [given(site.blocks, 0), given(site.subnets, 0)]
    const common = {namespace: ns, image: site.image}
    const network = {namespace: ns, sysctls: ownAddressesOnly}
    const toControl = (place: number) => ({
      network: 'control',
      interface: 'ctrl0',
      ip: interfaceAddress(control, place),
    })
    const toData = (place: number) => ({network: 'data-plane', interface: 'data0', ip: interfaceAddress(data, place)})
    return {
      namespaces: [namespace(ns)],
      groundwork: [
        macvlanNetwork(
          {...network, name: 'control', description: 'The controller and all functions', subnet: control},
          site,
        ),
        bridgeNetwork(
          {
            ...network,
            name: 'data-plane',
            description: 'A function and its workloads, on one node',
            subnet: data,
            mtu: dataMtu,
          },
          'br-scn-nfv',
        ),
      ],
      nodeFiles: [],
      workloads: [
        pod({...common, name: 'controller', node: given(site.workers, 0), attachments: [toControl(1)]}),
        ...site.workers.flatMap((node, index) => [
          pod({
            ...common,
            name: `function-${index + 1}`,
            node,
            port,
            attachments: [toControl(2 + index), toData(1 + index)],
          }),
          pod({...common, name: `workload-${index + 1}`, node, attachments: [toData(11 + index)]}),
        ]),
      ],
      checks: [...planes(site, control, data), expectsPrimary(ns, 'function-1')],
      look: [
        `kubectl -n ${ns} exec controller -- curl -s --interface ctrl0 http://${addressIn(control, 3)}:${port}/hostname`,
        `kubectl -n ${ns} exec workload-1 -- ping -c 2 -s ${dataMtu - 28} -I data0 ${addressIn(data, 1)}`,
        `kubectl -n ${ns} exec function-1 -- ip -br address`,
      ],
    }
  },
}

function planes({workers, nic}: ScenarioSite, control: string, data: string) {
  const dataNetwork = {namespace: ns, network: `${ns}/data-plane`, mtu: dataMtu}
  return [
    ...workers.flatMap((_, index) => {
      const name = `function-${index + 1}`
      return [
        expectsInterface({namespace: ns, pod: name}, 'ctrl0', {
          address: interfaceAddress(control, 2 + index),
          mtu: nic.mtu,
        }),
        expects('serves', {
          namespace: ns,
          from: 'controller',
          to: name,
          interface: 'ctrl0',
          address: addressIn(control, 2 + index),
          port,
        }),
        expects('full-frames', {...dataNetwork, from: `workload-${index + 1}`, to: name}),
      ]
    }),
    expects('cut-off', {
      namespace: ns,
      from: 'controller',
      to: 'the data plane of its node',
      interface: 'ctrl0',
      address: addressIn(data, 1),
    }),
    expects('cut-off', {
      namespace: ns,
      from: 'workload-1',
      to: 'the data plane of the other node',
      interface: 'data0',
      address: addressIn(data, 2),
    }),
  ]
}
