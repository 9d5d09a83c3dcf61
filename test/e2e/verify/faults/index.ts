import {attachFaults} from './attach.ts'
import {calicoAddressesLeak} from './calico-addresses.ts'
import {exclusive, exclusiveSoon} from './cilium-exclusive.ts'
import {definitionFaults} from './definitions.ts'
import type {Fault} from './fault.ts'
import {isolationFaults} from './isolation.ts'
import {machineFaults} from './machine.ts'
import {
  confDrifted,
  multusConfRemoved,
  multusConfShadowed,
  otherModeLeft,
  staleTwin,
  tokenRefused,
} from './multus-conf.ts'
import {memoryOfUpstream} from './multus-memory.ts'
import {crdBroken, imageChanged, multusUninstalled, rightsRemoved} from './multus-objects.ts'
import {nodeAddressMoved} from './node-address.ts'
import {addressTaken, mtuLowered, nicDisconnected, nicDown} from './node-nics.ts'
import {pluginMissing} from './plugin-missing.ts'
import {primaryChainFaults} from './primary-chain.ts'
import {reachFaults} from './reach.ts'
import {refusalFaults} from './refusal.ts'
import {survivalFaults} from './survival.ts'

/** In the order in which they are tried. */
export const allFaults: readonly Fault[] = [
  ...machineFaults,
  pluginMissing,
  multusConfRemoved,
  multusConfShadowed,
  staleTwin,
  confDrifted,
  tokenRefused,
  otherModeLeft,
  nicDown,
  nicDisconnected,
  addressTaken,
  mtuLowered,
  nodeAddressMoved,
  imageChanged,
  rightsRemoved,
  crdBroken,
  multusUninstalled,
  memoryOfUpstream,
  calicoAddressesLeak,
  exclusiveSoon,
  exclusive,
  ...definitionFaults,
  ...attachFaults,
  ...primaryChainFaults,
  ...reachFaults,
  ...isolationFaults,
  ...refusalFaults,
  ...survivalFaults,
]
