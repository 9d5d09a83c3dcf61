import {ownDefinition, ownNetworkName} from '../own-network.ts'
import {refusal} from './refusal.ts'

/** A network on a NIC that no node has. */
export const refusedBadMaster = refusal({
  id: 'X03',
  title: 'Missing master is refused',
  name: 'refused-bad-master',
  asks: [{network: ownNetworkName('no-master')}],
  objects: (stage) => [ownDefinition('no-master', {cniVersion: '0.3.1', type: 'macvlan', master: 'k8s-no-nic'}, stage)],
  says: /Link not found/,
})
