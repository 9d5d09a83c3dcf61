import type {NetworkOption} from './network-option.ts'

export const hostDevice = {
  title: 'host device',
  summary: 'moves a NIC of the node into the pod: the node, and every network on that NIC, loses it meanwhile',
  plugins: ['host-device'],
  spansNodes: true,
  hasMaster: 'taken',
  subnet: 'of-master',
  nodeIsGateway: false,
  veth: false,
  unprovable: 'one pod for each node can have it',
  unfitIpams: {},
  options: {},
  toConfig: ({master}) => ({type: 'host-device', device: master}),
  lint: () => [],
} as const satisfies NetworkOption
