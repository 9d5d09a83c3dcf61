import {addressDamages} from './addresses.ts'
import type {Damage} from './damage.ts'
import {installationDamages} from './installation.ts'
import {nodeDamages} from './nodes.ts'

/** In the order in which they are done. */
export const damages: readonly Damage[] = [...addressDamages, ...installationDamages, ...nodeDamages]
