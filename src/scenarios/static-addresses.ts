import {addressIn, given, interfaceAddress} from './addresses.ts'
import {expects, expectsPrimary} from './expectations.ts'
import {macvlanNetwork} from './networks.ts'
import {namespace, pod} from './objects.ts'
import type {Scenario} from './scenario.ts'

const ns = 'scenario-static-addresses'
/** Locally administered, so that no vendor has them. */
const macs = ['02:53:43:4e:00:01', '02:53:43:4e:00:02'] as const

export const staticAddresses: Scenario = {
  title: 'Pods that choose their own addresses',
  shows:
    'A licence or a firewall knows a pod by its IP and MAC address, so the pod asks for them, with the prefix length, in the JSON form of the annotation. The network must declare the capabilities "ips" and "mac": ' +
    'without them the request is ignored without a word. Nobody keeps account of such addresses: that no two pods ask for the same is up to whoever writes them.',
  needs: {workers: 2, blocks: 1, subnets: 0, plugins: ['macvlan', 'static']},
  build(site) {
    const subnet = given(site.blocks, 0)
    const names = ['licensed', 'firewalled'] as const
    return {
      namespaces: [namespace(ns)],
      groundwork: [
        macvlanNetwork(
          {name: 'fixed', namespace: ns, description: 'Pods bring their IP and MAC addresses', subnet, takesMac: true},
          site,
        ),
      ],
      nodeFiles: [],
      workloads: names.map((name, index) =>
        pod({
          name,
          namespace: ns,
          image: site.image,
          node: given(site.workers, index),
          attachments: [{network: 'fixed', ip: interfaceAddress(subnet, 11 + index), mac: given(macs, index)}],
        }),
      ),
      checks: names.flatMap((name, index) => [
        expects('interface-is', {
          namespace: ns,
          pod: name,
          interface: 'net1',
          address: interfaceAddress(subnet, 11 + index),
          mtu: site.nic.mtu,
          mac: given(macs, index),
        }),
        expects('reaches', {
          namespace: ns,
          from: name,
          to: given(names, 1 - index),
          interface: 'net1',
          address: addressIn(subnet, 12 - index),
        }),
        expectsPrimary(ns, name),
      ]),
      look: [
        `kubectl -n ${ns} exec licensed -- ip address show net1`,
        `kubectl -n ${ns} get pod licensed -o yaml`,
        `kubectl -n ${ns} get network-attachment-definition fixed -o yaml`,
      ],
    }
  },
}
