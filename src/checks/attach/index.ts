import type {Check} from '../check.ts'
import {addressRequested} from './address-requested.ts'
import {addressUnique} from './address-unique.ts'
import {attachListed} from './attach-listed.ts'
import {attachReady} from './attach-ready.ts'
import {attachmentReal} from './attachment-real.ts'
import {chainApplied} from './chain-applied.ts'
import {interfaceMtu} from './interface-mtu.ts'
import {ipv6Ready} from './ipv6-ready.ts'
import {manyNetworks} from './many-networks.ts'
import {primaryChain} from './primary-chain.ts'
import {routesDeclared} from './routes-declared.ts'
import {workloadKinds} from './workload-kinds.ts'

/** Pods get what they asked for. */
export const attachChecks = {
  'attach-ready': attachReady,
  'attach-listed': attachListed,
  'attachment-real': attachmentReal,
  'address-unique': addressUnique,
  'address-requested': addressRequested,
  'interface-mtu': interfaceMtu,
  'routes-declared': routesDeclared,
  'ipv6-ready': ipv6Ready,
  'many-networks': manyNetworks,
  'workload-kinds': workloadKinds,
  'chain-applied': chainApplied,
  'primary-chain': primaryChain,
} as const satisfies Record<string, Check>
