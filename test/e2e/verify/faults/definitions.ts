import {kubectl} from '../../support/cluster.ts'
import {docker} from '../../support/engine.ts'
import {applyManifest} from '../../support/in-namespace.ts'
import type {Fault} from './fault.ts'
import {network, pod} from './objects.ts'

const namespace = 'faulty-definitions'

/** Pods of the run would carry these networks and not start: here only what is written is judged. */
const flags = ['cluster', 'install', 'definition'].flatMap((group) => ['--check', group])

const macvlan = {cniVersion: '0.3.1', type: 'macvlan', master: 'eth1', mode: 'bridge'}
const fixed = {...macvlan, ipam: {type: 'static'}}
const hostLocal = (subnet: string, more: object = {}) => ({type: 'host-local', ranges: [[{subnet, ...more}]]})
const bridge = (subnet: string, more: object = {}) => ({
  cniVersion: '0.3.1',
  type: 'bridge',
  bridge: 'br-fault',
  ipam: hostLocal(subnet, more),
})

interface Written {
  readonly says: RegExp
  readonly objects: readonly object[]
  readonly follows?: readonly string[]
}

/** A network, or a pod, that is written wrongly: by the check that says so. */
const written: Readonly<Record<string, Written>> = {
  'kernel-links': {
    says: /the kernel makes no ipvlan, which faulty-definitions\/odd needs/,
    objects: [network('odd', {...fixed, type: 'ipvlan', mode: 'l2', master: 'eth0'})],
  },
  'network-valid': {says: /cannot be read: it is not JSON/, objects: [network('odd', '{"type": "macvlan",}')]},
  'network-types': {
    says: /hands out no addresses: its "ipam" is passed over/,
    objects: [network('odd', {cniVersion: '0.3.1', plugins: [macvlan, {type: 'tuning', ipam: {type: 'static'}}]})],
  },
  'network-keys': {says: /"mode" is/, objects: [network('odd', {...fixed, mode: 5})]},
  'master-on-nodes': {
    says: /eth7, the master, does not exist on .*control-plane, .*worker, .*worker2/,
    objects: [network('odd', {...fixed, master: 'eth7'})],
  },
  'address-ranges': {
    says: /10.99.8.9 lies outside 10.99.7.0\/24/,
    objects: [network('odd', bridge('10.99.7.0/24', {rangeStart: '10.99.7.2', rangeEnd: '10.99.8.9'}))],
  },
  'shared-ranges': {
    says: /hands out the same addresses on every node/,
    objects: [network('odd', {...macvlan, ipam: hostLocal('10.99.7.0/24')})],
  },
  'ranges-apart': {says: /overlaps 10.244.0.0\/16/, objects: [network('odd', bridge('10.244.77.0/24'))]},
  'requests-allowed': {
    says: /ignores requested addresses: it lacks the capability "ips"/,
    objects: [network('odd', bridge('10.99.7.0/24')), pod('[{"name": "odd", "ips": ["10.99.7.9/24"]}]')],
  },
  'mtu-fits': {says: /MTU 9000 is larger than that of eth1/, objects: [network('odd', {...fixed, mtu: 9000})]},
  'master-shared': {
    says: /uses eth1 for macvlan: ipvlan cannot be on it|uses eth1 for ipvlan: macvlan cannot be on it/,
    objects: [network('odd', {...fixed, type: 'ipvlan', mode: 'l2'})],
    // The kernel of the lab has no ipvlan.
    follows: ['kernel-links'],
  },
  'interface-names': {
    says: /'much-too-long-a-name' has 20 characters/,
    objects: [network('odd', bridge('10.99.7.0/24')), pod('[{"name": "odd", "interface": "much-too-long-a-name"}]')],
  },
  'references-resolve': {says: /there is no network .*nosuch/, objects: [pod('nosuch')]},
  'default-route-kept': {
    says: /takes all traffic out of the pod away from eth0/,
    objects: [network('odd', {...bridge('10.99.7.0/24'), isDefaultGateway: true})],
  },
  'default-network': {
    says: /odd is looked for in kube-system/,
    objects: [network('odd', bridge('10.99.7.0/24')), pod('', {'v1.multus-cni.io/default-network': 'odd'})],
  },
  'devices-advertised': {
    says: /no node of .* advertises example.com\/vf/,
    objects: [
      network(
        'odd',
        {cniVersion: '0.3.1', type: 'host-device', ipam: {type: 'static'}},
        {'k8s.v1.cni.cncf.io/resourceName': 'example.com/vf'},
      ),
    ],
  },
}

export const definitionFaults: readonly Fault[] = [
  ...Object.entries(written).map(
    ([check, {says, objects, follows = []}]): Fault => ({
      title: `what ${check} is about is written wrongly`,
      flags,
      fails: {[check]: says},
      follows,
      async inject({cluster}) {
        const space = {apiVersion: 'v1', kind: 'Namespace', metadata: {name: namespace}}
        await applyManifest(cluster, [space, ...objects.map((object) => placed(object))])
      },
      heal: async ({cluster}) =>
        void (await kubectl(cluster, ['delete', 'namespace', namespace, '--ignore-not-found'])),
    }),
  ),
  {
    title: 'a network of the engine overlaps the pod subnet',
    flags,
    fails: {'subnets-apart': /the pod subnet, 10.244.0.0\/16, overlaps the engine network .*-overlap/},
    inject: async ({cluster}) =>
      void (await docker('network', 'create', '--internal', '--subnet', '10.244.240.0/24', `${cluster}-overlap`)),
    heal: async ({cluster}) => void (await docker('network', 'rm', `${cluster}-overlap`)),
  },
]

function placed(object: object): object {
  const {metadata, ...rest} = object as {readonly metadata: object}
  return {...rest, metadata: {...metadata, namespace}}
}
