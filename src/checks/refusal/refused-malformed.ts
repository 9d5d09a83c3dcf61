import type {KubernetesObject} from '../../steps/object.ts'
import {ownDefinition, ownNetworkName} from '../own-network.ts'
import {refusal} from './refusal.ts'

/** A network whose configuration is not JSON: it ends with a comma too many. */
export const refusedMalformed = refusal({
  id: 'X05',
  title: 'Malformed configuration is refused',
  name: 'refused-malformed',
  asks: [{network: ownNetworkName('malformed')}],
  objects: (stage): readonly KubernetesObject[] => [
    {...ownDefinition('malformed', {}, stage), spec: {config: '{"cniVersion": "0.3.1", "type": "ptp",}'}},
  ],
  says: /failed to unmarshal Spec\.Config|it is not JSON|invalid character/,
})
