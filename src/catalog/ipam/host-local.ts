import {type IpamOption, routesConfig} from './ipam-option.ts'

export const hostLocal = {
  title: 'host-local',
  summary: 'each node hands out its own slice of the range, from files on the node; nothing to install',
  plugins: ['host-local'],
  source: 'range',
  uniqueAcrossNodes: false,
  // Without it a pod's request for an address is silently ignored.
  capabilities: {ips: true},
  toConfig: ({ranges, routes}) => ({
    type: 'host-local',
    // One set for each family: a pod gets an address of every set.
    ranges: ranges.map(({subnet, start, end, gateway}) => [
      {subnet, rangeStart: start, rangeEnd: end, ...(gateway !== undefined && {gateway})},
    ]),
    ...routesConfig(routes),
    // On the node's tmpfs: a restarted node starts all sandboxes anew, and leases that outlived them would never be freed
    // (plugins #697; seen here: each restart leaks the addresses of all pods).
    dataDir: '/run/cni/networks',
  }),
} as const satisfies IpamOption
