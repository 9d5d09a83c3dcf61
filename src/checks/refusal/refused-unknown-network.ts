import {refusal} from './refusal.ts'

/** A pod that asks for a network that nobody has defined. */
export const refusedUnknownNetwork = refusal({
  id: 'X01',
  title: 'Unknown network is refused',
  name: 'refused-unknown-network',
  asks: [{network: 'k8s-local-verify-nowhere'}],
  objects: () => [],
  says: /cannot find a network-attachment-definition \(k8s-local-verify-nowhere\)/,
})
