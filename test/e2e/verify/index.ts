import type {Suite} from '../support/stage.ts'
import {faults} from './faults.ts'

const both: Readonly<Record<string, Suite>> = {
  'every check can fail': faults,
}

/** Title and suite, by the mode of the cluster that they run on. */
export const suites: Readonly<Record<'thin' | 'thick', Readonly<Record<string, Suite>>>> = {
  thin: both,
  thick: both,
}
