import {addresses} from './addresses.ts'
import {attach} from './attach.ts'
import {dhcp} from './dhcp.ts'
import {refusedTypes} from './refused-types.ts'
import {scenarios} from './scenarios.ts'
import {staticPod} from './static-pod.ts'
import type {Suite} from '../support/stage.ts'
import {rehearsals} from './try.ts'
import {types} from './types.ts'

/** Title and suite: what is proven about networks on one cluster, for a cluster costs more than what is tried on it. */
export const suites: Readonly<Record<string, Suite>> = {
  'network types': types,
  'network types that the nodes cannot have': refusedTypes,
  'addresses on a shared network': addresses,
  'pods attach in every form': attach,
  'a pod from a file of its node': staticPod,
  'net try': rehearsals,
  // Behind the rehearsals: one of those proves what is said where no DHCP daemon runs.
  'addresses from DHCP': dhcp,
  'the scenarios': scenarios,
}
