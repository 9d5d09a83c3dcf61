import {configOf} from '../option.ts'
import type {NetworkOption} from './network-option.ts'

const onOff = {on: '', off: ''} as const

const options = {
  resource: {
    kind: 'text',
    text: 'resource',
    ask: 'Resource that nodes advertise its virtual functions as',
    describe: 'Resource that nodes advertise its virtual functions as, such as intel.com/sriov',
    wizard: true,
    required: true,
    config: 'none',
  },
  vlan: {kind: 'integer', min: 1, max: 4094, ask: 'VLAN id', describe: 'VLAN id that the NIC adds'},
  spoofCheck: {
    kind: 'choice',
    choices: onOff,
    ask: 'Drop frames of a foreign MAC address',
    describe: 'Whether the NIC drops frames of a foreign MAC address',
    config: 'spoofchk',
  },
  trust: {
    kind: 'choice',
    choices: onOff,
    ask: 'Trust the pod',
    describe: 'Whether the pod may change its MAC address and listen to all frames',
  },
} as const satisfies NetworkOption['options']

export const sriov = {
  title: 'SR-IOV',
  summary:
    'a virtual function of a real NIC in the pod: needs such a NIC, its plugin and its device plugin on the nodes',
  plugins: ['sriov'],
  pluginsFrom: 'install the SR-IOV CNI plugin (k8snetworkplumbingwg/sriov-cni) on the nodes',
  spansNodes: true,
  hasMaster: false,
  subnet: 'own',
  nodeIsGateway: false,
  veth: false,
  unprovable: 'its pods need a device of the resource',
  unfitIpams: {},
  // Multus asks kubelet for the pod's device of it (multus v4.3.0, pkg/k8sclient).
  resourceOption: 'resource',
  options,
  toConfig: ({options: values}) => ({type: 'sriov', ...configOf(options, values)}),
  lint: () => [],
} as const satisfies NetworkOption
