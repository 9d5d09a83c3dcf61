import {addressRanges} from './address-ranges.ts'
import {defaultNetwork} from './default-network.ts'
import {defaultRouteKept} from './default-route-kept.ts'
import {devicesAdvertised} from './devices-advertised.ts'
import type {DefinitionCheck} from './findings.ts'
import {interfaceNames} from './interface-names.ts'
import {masterOnNodes} from './master-on-nodes.ts'
import {masterShared} from './master-shared.ts'
import {mtuFits} from './mtu-fits.ts'
import {networkKeys} from './network-keys.ts'
import {networkTypesKnown} from './network-types.ts'
import {networkValid} from './network-valid.ts'
import {rangesApart} from './ranges-apart.ts'
import {referencesResolve} from './references-resolve.ts'
import {requestsAllowed} from './requests-allowed.ts'
import {sharedRanges} from './shared-ranges.ts'

/** NetworkAttachmentDefinitions, and the pods that ask for them. */
export const definitionChecks = {
  'network-valid': networkValid,
  'network-types': networkTypesKnown,
  'network-keys': networkKeys,
  'master-on-nodes': masterOnNodes,
  'address-ranges': addressRanges,
  'shared-ranges': sharedRanges,
  'ranges-apart': rangesApart,
  'requests-allowed': requestsAllowed,
  'mtu-fits': mtuFits,
  'master-shared': masterShared,
  'interface-names': interfaceNames,
  'references-resolve': referencesResolve,
  'default-route-kept': defaultRouteKept,
  'devices-advertised': devicesAdvertised,
  'default-network': defaultNetwork,
} as const satisfies Record<string, DefinitionCheck>
