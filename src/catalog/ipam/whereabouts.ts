import type {IpamOption} from './ipam-option.ts'

export const whereabouts = {
  title: 'whereabouts',
  summary: 'addresses unique over all nodes, leases kept in the cluster; installs a DaemonSet',
  plugins: ['whereabouts'],
  uniqueAcrossNodes: true,
  // An address that a pod asks for would come on top of the one from the pool, and would not be recorded there
  // (whereabouts v0.9.4, pkg/config/config.go).
  capabilities: {},
  needs: {
    images: ['whereabouts'],
    manifest: 'whereabouts/whereabouts.yaml',
    ready: {type: 'rollout', kind: 'DaemonSet', namespace: 'kube-system', name: 'whereabouts'},
  },
  toConfig: ({subnet, start, end, gateway}) => ({
    type: 'whereabouts',
    range: subnet,
    range_start: start,
    range_end: end,
    ...(gateway !== undefined && {gateway}),
  }),
} as const satisfies IpamOption
