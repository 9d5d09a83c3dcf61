/** Networks that a rehearsal is tried with, right ones and each of the usual mistakes: what stands in `spec.config`, and what must be said of it. */
export interface Trial {
  readonly config: string
  readonly ip?: string
  readonly mac?: string
  /** The verdict that counts, as `check status`; absent: it works. */
  readonly verdict?: string
  /** What the plugin, or whoever was to call it, says: a part of it. */
  readonly words?: RegExp
  readonly cause?: RegExp
}

/** Trials on a NIC that every node has; `free` is a subnet that nobody uses, by its first three numbers. */
export function trialsOn(master: string, free: string): Readonly<Record<string, Trial>> {
  const range = {type: 'host-local', subnet: `${free}.0/24`}
  const json = (value: object) => JSON.stringify({cniVersion: '1.0.0', ...value})
  const bridge = {type: 'bridge', bridge: 'br-trial', isGateway: true, ipam: range}
  const macvlan = {type: 'macvlan', master, ipam: range}
  return {
    'bridge-works': {config: json(bridge)},
    'chain-works': {
      config: json({
        plugins: [
          {...bridge, mtu: 1400},
          {type: 'tuning', sysctl: {'net.ipv4.conf.IFNAME.arp_filter': '1'}},
          {type: 'bandwidth', ingressRate: 8_000_000, ingressBurst: 8_000_000},
        ],
      }),
    },
    'ptp-works': {config: json({type: 'ptp', ipam: range})},
    'tap-works': {config: json({type: 'tap', ipam: range})},
    'layer-2-works': {config: json({type: 'macvlan', master, mode: 'private'})},
    'address-works': {
      config: json({...macvlan, capabilities: {ips: true, mac: true}, ipam: {type: 'static'}}),
      ip: `${free}.40/24`,
      mac: '02:00:5e:00:53:40',
    },
    'ipv6-switched-off': {
      config: json({
        ...bridge,
        ipam: {type: 'host-local', ranges: [[{subnet: `${free}.0/24`}], [{subnet: 'fd00:97::/64'}]]},
      }),
      verdict: 'add fail',
      words: /permission denied/,
      cause: /IPv6 is switched off/,
    },
    'missing-master': {
      config: json({...macvlan, master: 'nosuchnic0'}),
      verdict: 'add fail',
      words: /Link not found/,
      cause: /the master interface does not exist on the node/,
    },
    'missing-plugin': {
      config: json({...macvlan, type: 'nosuchplugin'}),
      verdict: 'add fail',
      words: /failed to find plugin "nosuchplugin"/,
      cause: /the plugin nosuchplugin is not on the node/,
    },
    'missing-ipam': {
      config: json({...macvlan, ipam: {type: 'nosuchipam'}}),
      verdict: 'add fail',
      words: /failed to find plugin "nosuchipam"/,
      cause: /the plugin nosuchipam is not on the node/,
    },
    'address-outside-range': {
      config: json({...bridge, capabilities: {ips: true}, ipam: {...range, rangeEnd: `${free}.99`}}),
      ip: `${free}.200`,
      verdict: 'add fail',
      words: /failed to allocate all requested IPs/,
      cause: new RegExp(`the requested address ${free}.200 is outside the network's range`),
    },
    'address-is-gateway': {
      config: json({...bridge, capabilities: {ips: true}}),
      ip: `${free}.1`,
      verdict: 'add fail',
      words: /subnet's gateway/,
      cause: /is the gateway/,
    },
    'pool-exhausted': {
      config: json({...bridge, ipam: {...range, rangeStart: `${free}.20`, rangeEnd: `${free}.20`}}),
      verdict: 'add fail',
      words: /no IP addresses available in range set/,
      cause: /every address of .* is taken/,
    },
    'one-range-on-all-nodes': {
      config: json(macvlan),
      verdict: 'unique fail',
      cause: /host-local counts on each node by itself/,
    },
    'static-without-address': {
      config: json({...macvlan, ipam: {type: 'static'}}),
      verdict: 'add fail',
      words: /IPAM plugin returned missing IP config/,
      cause: /static addresses, and the pod asks for none/,
    },
    'static-without-prefix': {
      config: json({...macvlan, capabilities: {ips: true}, ipam: {type: 'static'}}),
      ip: `${free}.40`,
      verdict: 'add fail',
      words: /CIDR notation/,
      cause: /has no prefix length/,
    },
    ipvlan: {
      config: json({...macvlan, type: 'ipvlan'}),
      verdict: 'add fail',
      words: /failed to create ipvlan: operation not supported/,
      cause: /the kernel of this machine has no ipvlan/,
    },
    vlan: {
      config: json({...macvlan, type: 'vlan', vlanId: 10}),
      verdict: 'add fail',
      words: /failed to create vlan: operation not supported/,
      cause: /the kernel of this machine has no vlan/,
    },
    dummy: {
      config: json({type: 'dummy', ipam: range}),
      verdict: 'add fail',
      words: /operation not supported/,
      cause: /the kernel of this machine has no dummy/,
    },
    vrf: {
      config: json({plugins: [bridge, {type: 'vrf', vrfname: 'red'}]}),
      verdict: 'add fail',
      words: /operation not supported/,
      cause: /the kernel of this machine has no vrf/,
    },
    'mtu-above-master': {
      config: json({...macvlan, mtu: 9000}),
      verdict: 'add fail',
      words: /invalid MTU 9000/,
      cause: /MTU 9000 is larger than that of the master, 1500/,
    },
    'dhcp-without-daemon': {
      config: json({...macvlan, ipam: {type: 'dhcp'}}),
      verdict: 'add fail',
      words: /error dialing DHCP daemon/,
      cause: /no DHCP daemon runs on the node/,
    },
    'not-json': {
      config: '{"cniVersion": "1.0.0", "type": "bridge",}',
      verdict: 'config fail',
      words: /it is not JSON/,
      cause: /the network's configuration is not JSON/,
    },
    'no-type': {config: '{"cniVersion": "1.0.0"}', verdict: 'config fail', words: /neither "type" nor "plugins"/},
    'no-config': {config: '', verdict: 'config fail', words: /No networks found/, cause: /has no spec\.config/},
    'unknown-version': {
      config: JSON.stringify({...bridge, cniVersion: '3.0.0'}),
      verdict: 'add fail',
      words: /incompatible CNI versions/,
      cause: /cniVersion/,
    },
    'device-missing': {
      config: json({type: 'host-device', device: 'nosuchnic0'}),
      verdict: 'add fail',
      words: /failed to find host device/,
      cause: /the device to move into the pod is not on the node/,
    },
    'device-in-use': {
      config: json({type: 'host-device', device: master}),
      verdict: 'config fail',
      words: /a pod takes the device away/,
      cause: /in use by the node itself/,
    },
    'chained-plugin-alone': {
      config: json({type: 'tuning', mtu: 1400}),
      verdict: 'add fail',
      words: /prevResult missing/,
      cause: /only after another plugin/,
    },
    'bandwidth-on-macvlan': {
      config: json({
        plugins: [
          {...macvlan, mode: 'private'},
          {type: 'bandwidth', ingressRate: 8_000_000, ingressBurst: 8_000_000},
        ],
      }),
      verdict: 'add fail',
      words: /no veth peer/,
      cause: /bandwidth/,
    },
    'bridge-name-too-long': {
      config: json({...bridge, bridge: 'bridge-that-is-far-too-long'}),
      verdict: 'add fail',
      words: /numerical result out of range/,
      cause: /15 characters/,
    },
    'ptp-without-addresses': {
      config: json({type: 'ptp'}),
      verdict: 'add fail',
      words: /no plugin name provided/,
      cause: /"ipam"/,
    },
    'gateway-outside-subnet': {
      config: json({...macvlan, ipam: {...range, routes: [{dst: '192.0.2.0/24', gw: '203.0.113.1'}]}}),
      verdict: 'add fail',
      words: /network is unreachable/,
      cause: /gateway/,
    },
    'default-route': {
      config: json({...bridge, isDefaultGateway: true}),
      verdict: 'inside warn',
      cause: /ahead of the primary one/,
    },
    'subnet-with-host-bits': {
      config: json({...bridge, ipam: {type: 'host-local', subnet: `${free}.7/24`}}),
      verdict: 'add fail',
      words: /Network has host bits set/,
      cause: /host bits/,
    },
  }
}
