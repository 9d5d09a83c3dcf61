import {ownNetwork, ownNetworkName} from '../own-network.ts'
import {refusal} from './refusal.ts'

const address = '198.18.7.2'
const network = ownNetworkName('clash')

/** Two networks on one interface. The first has one address, so that the pod is refused for another reason if it is not given back. */
export const refusedInterfaceClash = refusal({
  id: 'X07',
  title: 'Interface name that is taken is refused',
  name: 'refused-interface-clash',
  asks: [
    {network, interface: 'clash0'},
    {network, interface: 'clash0'},
  ],
  objects: (stage) => [ownNetwork({name: 'clash', range: [address, address]}, stage)],
  says: /interface name clash0 already exists|"clash0".*already exists/,
})
