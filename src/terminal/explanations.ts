import type {ProblemName} from '../problem-list.ts'
import type {Explanation} from './explanations/explanation.ts'
import {artifacts} from './explanations/artifacts.ts'
import {clusters} from './explanations/clusters.ts'
import {machine} from './explanations/machine.ts'
import {networks} from './explanations/networks.ts'
import {runs} from './explanations/runs.ts'
import {usage} from './explanations/usage.ts'

/** Every code has its text: a problem without one does not compile. */
export const explanations: Readonly<Record<ProblemName, Explanation>> = {
  ...usage,
  ...machine,
  ...artifacts,
  ...clusters,
  ...networks,
  ...runs,
}
