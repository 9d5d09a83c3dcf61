import {attach} from './attach.ts'
import {scenarios} from './scenarios.ts'
import type {Suite} from './stage.ts'
import {rehearsals} from './try.ts'

/** Title and suite: what is proven about networks on one cluster, for a cluster costs more than what is tried on it. */
export const suites: Readonly<Record<string, Suite>> = {
  'pods attach in every form': attach,
  'net try': rehearsals,
  'the scenarios': scenarios,
}
