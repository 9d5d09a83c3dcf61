import {ownLink} from '../kernel-link.ts'
import type {NetworkOption} from './network-option.ts'

export const dummy = {
  title: 'dummy',
  summary: 'an interface that leads nowhere, for an address that the pod announces or listens on',
  plugins: ['dummy'],
  link: ownLink({kind: 'dummy'}),
  spansNodes: false,
  hasMaster: false,
  subnet: 'own',
  nodeIsGateway: false,
  veth: false,
  unprovable: 'no pod reaches another by it',
  unfitIpams: {
    dhcp: 'nobody answers on a dummy interface',
    none: 'the plugin does not start without addresses',
  },
  options: {},
  toConfig: () => ({type: 'dummy'}),
  lint: () => [],
} as const satisfies NetworkOption
