import type {KeyKind} from './key-kind.ts'

export interface KnownIpam {
  readonly keys: Readonly<Record<string, KeyKind>>
  /** Keys of the elements of lists, by the list's key; of lists of lists too. */
  readonly elements: Readonly<Record<string, Readonly<Record<string, KeyKind>>>>
  readonly requiredOneOf?: readonly string[]
  /** Addresses are handed out by each node for itself. */
  readonly perNode?: true
}

const route = {
  dst: 'text',
  gw: 'text',
  mtu: 'number',
  advmss: 'number',
  priority: 'number',
  table: 'number',
  scope: 'number',
} as const

/** IPAM plugins as containernetworking/plugins v1.9.1 and whereabouts v0.9.4 parse them (multus facts §3.3). */
export const ipams: Readonly<Record<string, KnownIpam>> = {
  'host-local': {
    keys: {
      type: 'text',
      name: 'text',
      subnet: 'text',
      rangeStart: 'text',
      rangeEnd: 'text',
      gateway: 'text',
      ranges: 'list',
      routes: 'list',
      dataDir: 'text',
      resolvConf: 'text',
    },
    elements: {ranges: {subnet: 'text', rangeStart: 'text', rangeEnd: 'text', gateway: 'text'}, routes: route},
    requiredOneOf: ['subnet', 'ranges'],
    perNode: true,
  },
  static: {
    keys: {type: 'text', addresses: 'list', routes: 'list', dns: 'map'},
    elements: {addresses: {address: 'text', gateway: 'text'}, routes: route},
  },
  dhcp: {
    keys: {
      type: 'text',
      daemonSocketPath: 'text',
      provide: 'list',
      request: 'list',
      priority: 'number',
    },
    elements: {
      provide: {option: 'any', value: 'text', fromArg: 'text'},
      request: {option: 'any', skipDefault: 'boolean'},
    },
  },
  whereabouts: {
    keys: {
      type: 'text',
      name: 'text',
      range: 'text',
      range_start: 'text',
      range_end: 'text',
      exclude: 'list',
      ipRanges: 'list',
      gateway: 'text',
      routes: 'list',
      dns: 'map',
      addresses: 'list',
      network_name: 'text',
      enable_overlapping_ranges: 'boolean',
      node_slice_size: 'text',
      leader_lease_duration: 'number',
      leader_renew_deadline: 'number',
      leader_retry_period: 'number',
      log_file: 'text',
      log_level: 'text',
      configuration_path: 'text',
      reconciler_cron_expression: 'text',
      kubernetes: 'map',
      datastore: 'text',
      sleep_for_race: 'number',
    },
    elements: {
      ipRanges: {range: 'text', range_start: 'text', range_end: 'text', exclude: 'list', gateway: 'text'},
      routes: route,
      addresses: {address: 'text', gateway: 'text'},
    },
  },
}
