import {type AddressRange, type IpamOption, routesConfig} from './ipam-option.ts'

export const whereabouts = {
  title: 'whereabouts',
  summary: 'addresses unique over all nodes, leases kept in the cluster; installs a DaemonSet',
  plugins: ['whereabouts'],
  source: 'range',
  uniqueAcrossNodes: true,
  // An address that a pod asks for would come on top of the one from the pool, and would not be recorded there
  // (whereabouts v0.9.4, pkg/config/config.go).
  capabilities: {},
  needs: {
    images: ['whereabouts'],
    manifest: 'whereabouts/whereabouts.yaml',
    ready: {type: 'rollout', kind: 'DaemonSet', namespace: 'kube-system', name: 'whereabouts'},
    bringsPlugin: true,
  },
  toConfig: ({ranges, routes, gateways: [gateway]}) => {
    const [first, ...others] = ranges
    return {
      type: 'whereabouts',
      ...(first !== undefined && others.length === 0 ? rangeConfig(first) : {ipRanges: ranges.map(rangeConfig)}),
      ...(gateway !== undefined && {gateway}),
      ...routesConfig(routes),
    }
  },
} as const satisfies IpamOption

function rangeConfig({subnet, start, end}: AddressRange): Readonly<Record<string, string>> {
  return {range: subnet, range_start: start, range_end: end}
}
