import {docker} from '../../support/engine.ts'
import type {Fault} from './fault.ts'
import {ownNetwork} from './own-network.ts'
import {afterAdd, wrappedPlugin} from './wrapped-plugin.ts'

const onlyAttach = ['--check', 'attach']

/** What can be wrong with what a pod gets. */
export const attachFaults: readonly Fault[] = [
  {
    title: 'a range has fewer addresses than there are pods',
    flags: [...onlyAttach, '--network', 'fault-range/small'],
    fails: {'attach-ready': /is not Ready .*whereabouts has no free address between 10\.84\.0\.10 and 10\.84\.0\.11/},
    ...ownNetwork('fault-range', 'small', {
      type: 'macvlan',
      master: 'eth1',
      ipam: {type: 'whereabouts', range: '10.84.0.0/24', range_start: '10.84.0.10', range_end: '10.84.0.11'},
    }),
  },
  {
    title: 'Multus on one node passes every pod to the primary CNI alone',
    modes: ['thin'],
    fails: {'attach-listed': /worker2\).*Multus never saw it/},
    ...wrappedPlugin({
      plugin: 'multus',
      on: 'second-worker',
      script: `
delegate=$(jq -c '.delegates[0] | if .plugins then .plugins[0] + {cniVersion, name} else . end' <<<"$input")
printf '%s' "$delegate" | "/opt/cni/bin/$(jq -r .type <<<"$delegate")"`,
    }),
  },
  {
    title: 'an interface gets another MAC address than its plugin reports',
    fails: {'attachment-real': /worker2\).*network-status gives net1 the MAC address/},
    ...wrappedPlugin({
      plugin: 'macvlan',
      on: 'second-worker',
      script: afterAdd(
        'inside ip link set dev "$CNI_IFNAME" address 02:00:00:00:$((RANDOM % 89 + 10)):$((RANDOM % 89 + 10))',
      ),
    }),
  },
  {
    title: 'all nodes hand out one host-local range',
    flags: [...onlyAttach, '--network', 'fault-range/shared'],
    fails: {'address-unique': /is also the address of .*host-local counts on each node by itself/},
    ...ownNetwork('fault-range', 'shared', {
      type: 'macvlan',
      master: 'eth1',
      ipam: {type: 'host-local', ranges: [[{subnet: '10.79.0.0/24'}]], dataDir: '/run/cni/networks'},
    }),
  },
  {
    title: 'a node has addresses of the range of a network',
    flags: [...onlyAttach, '--network', 'fault-range/taken'],
    fails: {'address-unique': /is also answered by [0-9a-f:]{17}/},
    inject: async (stage) => {
      await taken.inject(stage)
      for (const host of [10, 11, 12, 13])
        await docker('exec', stage.nodes.controlPlane, 'ip', 'addr', 'add', `10.80.0.${host}/32`, 'dev', 'eth1')
    },
    heal: async (stage) => {
      for (const host of [10, 11, 12, 13])
        await docker('exec', stage.nodes.controlPlane, 'ip', 'addr', 'del', `10.80.0.${host}/32`, 'dev', 'eth1')
      await taken.heal(stage)
    },
  },
  {
    title: 'a pod gets another address than it asks for',
    tier: 'default',
    flags: onlyAttach,
    fails: {'address-requested': /asked for 198\.18\.2\.77\/24 and got 198\.18\.2\.78/},
    ...wrappedPlugin({
      plugin: 'ptp',
      script: afterAdd(`
if [[ "$CNI_ARGS" == *K8S_POD_NAME=requests* ]]; then
  # In this order: with the first address of a subnet the kernel takes the others away.
  inside ip addr del 198.18.2.77/24 dev "$CNI_IFNAME"
  inside ip addr add 198.18.2.78/24 dev "$CNI_IFNAME"
fi`),
    }),
  },
  {
    title: 'an interface has a smaller MTU than its master',
    fails: {'interface-mtu': /worker2\).*net1 of probe-\S+ has MTU 1400, and should have 1500/},
    ...wrappedPlugin({
      plugin: 'macvlan',
      on: 'second-worker',
      script: afterAdd('inside ip link set dev "$CNI_IFNAME" mtu 1400'),
    }),
  },
  {
    title: 'a pod gets a second default route',
    fails: {'routes-declared': /default route of probe-\S+ leaves by net1 of .* declares none/},
    follows: ['primary-unharmed'],
    ...wrappedPlugin({
      plugin: 'macvlan',
      on: 'second-worker',
      script: afterAdd('[ "$CNI_IFNAME" != net1 ] || inside ip route add default dev "$CNI_IFNAME" metric 500'),
    }),
  },
  {
    title: 'a pod gets a route that no network declares',
    fails: {'routes-declared': /worker2\).*to 203\.0\.113\.0\/24 is not declared/},
    ...wrappedPlugin({
      plugin: 'macvlan',
      on: 'second-worker',
      script: afterAdd('[ "$CNI_IFNAME" != net1 ] || inside ip route add 203.0.113.0/24 dev "$CNI_IFNAME"'),
    }),
  },
  {
    title: 'a declared route is missing',
    flags: [...onlyAttach, '--network', 'fault-range/routed'],
    fails: {'routes-declared': /there is no route of .* to 10\.82\.0\.0\/24, which fault-range\/routed declares/},
    inject: async (stage) => {
      await routed.inject(stage)
      await unrouted.inject(stage)
    },
    heal: async (stage) => {
      await unrouted.heal(stage)
      await routed.heal(stage)
    },
  },
  {
    title: 'IPv6 addresses never become usable',
    tier: 'default',
    flags: [...onlyAttach, '--network', 'fault-range/both'],
    fails: {'ipv6-ready': /fd00:83::\S+ on net1 is still tentative/},
    inject: async (stage) => {
      await both.inject(stage)
      await tentative.inject(stage)
    },
    heal: async (stage) => {
      await tentative.heal(stage)
      await both.heal(stage)
    },
  },
  {
    title: 'what a chained plugin sets is set back',
    tier: 'default',
    flags: onlyAttach,
    fails: {'chain-applied': /net1\.arp_filter in chained is 0, and should be 1/},
    ...wrappedPlugin({
      plugin: 'tuning',
      script: afterAdd(`
if [[ "$CNI_ARGS" == *K8S_POD_NAME=chained* ]]; then
  inside sh -c "echo 0 > /proc/sys/net/ipv4/conf/$CNI_IFNAME/arp_filter"
fi`),
    }),
  },
  {
    title: 'the third of four networks is taken away again',
    slow: true,
    tier: 'default',
    flags: onlyAttach,
    fails: {'many-networks': /net3 of many-networks is reported, and not in the pod/},
    ...wrappedPlugin({plugin: 'ptp', script: afterAdd('[ "$CNI_IFNAME" != net3 ] || inside ip link delete net3')}),
  },
  {
    title: 'the pods of jobs lose their interface',
    slow: true,
    tier: 'default',
    flags: onlyAttach,
    fails: {'workload-kinds': /a container of shows-job-\S+ ran, and saw no net1/},
    ...wrappedPlugin({
      plugin: 'ptp',
      script: afterAdd('[[ "$CNI_ARGS" != *K8S_POD_NAME=shows-job* ]] || inside ip link delete "$CNI_IFNAME"'),
    }),
  },
]

const taken = ownNetwork('fault-range', 'taken', {
  type: 'macvlan',
  master: 'eth1',
  ipam: {type: 'whereabouts', range: '10.80.0.0/24', range_start: '10.80.0.10', range_end: '10.80.0.90'},
})

const routed = ownNetwork('fault-range', 'routed', {
  type: 'macvlan',
  master: 'eth1',
  ipam: {
    type: 'whereabouts',
    range: '10.81.0.0/24',
    range_start: '10.81.0.10',
    routes: [{dst: '10.82.0.0/24', gw: '10.81.0.1'}],
  },
})

const unrouted = wrappedPlugin({plugin: 'macvlan', script: afterAdd('inside ip route del 10.82.0.0/24')})

const both = ownNetwork('fault-range', 'both', {
  type: 'macvlan',
  master: 'eth1',
  ipam: {
    type: 'whereabouts',
    ipRanges: [
      {range: '10.83.0.0/24', range_start: '10.83.0.10'},
      {range: 'fd00:83::/64', range_start: 'fd00:83::10'},
    ],
  },
})

/** The kernel asks a hundred times before it lets an address be used. */
const tentative = wrappedPlugin({
  plugin: 'macvlan',
  script: afterAdd(`
address=$(inside ip -o -6 addr show dev "$CNI_IFNAME" scope global | awk '{print $4}')
inside sysctl -qw "net.ipv6.conf.$CNI_IFNAME.dad_transmits=100"
inside ip addr del "$address" dev "$CNI_IFNAME"
inside ip addr add "$address" dev "$CNI_IFNAME"`),
})
