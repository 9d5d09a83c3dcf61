import type {IpamOption} from './ipam-option.ts'

export const hostLocal = {
  title: 'host-local',
  summary: 'each node hands out its own slice of the range, from files on the node; nothing to install',
  plugins: ['host-local'],
  uniqueAcrossNodes: false,
  // Without it a pod's request for an address is silently ignored.
  capabilities: {ips: true},
  toConfig: ({subnet, start, end, gateway}) => ({
    type: 'host-local',
    ranges: [[{subnet, rangeStart: start, rangeEnd: end, ...(gateway !== undefined && {gateway})}]],
    // On the node's tmpfs: a restarted node starts all sandboxes anew, and leases that outlived them would never be freed
    // (plugins #697; seen here: each restart leaks the addresses of all pods).
    dataDir: '/run/cni/networks',
  }),
} as const satisfies IpamOption
