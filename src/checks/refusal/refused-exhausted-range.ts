import {ownNetwork, ownNetworkName} from '../own-network.ts'
import {takingTurns} from './taking-turns.ts'

const address = '198.18.4.2'

/** Two pods on a network of one address. */
export const refusedExhaustedRange = takingTurns({
  id: 'X04',
  title: 'Exhausted range is refused, and given back',
  name: 'refused-exhausted-range',
  asks: [{network: ownNetworkName('one-address')}],
  objects: (stage) => [ownNetwork({name: 'one-address', range: [address, address]}, stage)],
  says: /no IP addresses available in range set/,
})
