import {ownNetwork, ownNetworkName} from '../own-network.ts'
import {takingTurns} from './taking-turns.ts'

/** Two pods that ask for the same address. */
export const refusedDuplicateAddress = takingTurns({
  id: 'X06',
  title: 'Address that is taken is refused, and given back',
  name: 'refused-duplicate-address',
  asks: [{network: ownNetworkName('same-address'), ip: '198.18.6.66/24'}],
  objects: (stage) => [
    ownNetwork({name: 'same-address', range: ['198.18.6.10', '198.18.6.99'], takesIps: true}, stage),
  ],
  says: /requested IP address \S+ is not available/,
})
