import type {Suite} from '../support/stage.ts'
import {diagnosing} from './diagnose.ts'
import {faults} from './faults.ts'
import {fullTier} from './full.ts'
import {leftovers} from './leftovers.ts'
import {onDemand} from './on-demand.ts'
import {primaryChain} from './primary-chain.ts'
import {tenRuns} from './ten-runs.ts'
import {worlds} from './worlds.ts'
import {repair} from './repair.ts'

/** Title and suite, by the mode of the cluster that they run on. What restarts nodes comes last. */
export const suites: Readonly<Record<'thin' | 'thick', Readonly<Record<string, Suite>>>> = {
  thin: {
    'a diagnosis': diagnosing,
    'ten runs': tenRuns,
    'every check can fail': faults,
    'whoever may do little, whatever is at the other end': worlds,
    'what a run leaves': leftovers,
    'the full tier': fullTier,
    'repair mends what can be mended': onDemand(repair),
  },
  thick: {
    'every check can fail': faults,
    'a chain onto the primary network': primaryChain,
    'the full tier': onDemand(fullTier),
    'repair mends what can be mended': onDemand(repair),
  },
}
