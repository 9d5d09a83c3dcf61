import type {Span} from '../tree.ts'
import type {Edit, LintObject, Network, NetworkRequest, Scene, Workload} from './scene.ts'

export const severities = ['error', 'warn', 'info'] as const

export type Severity = (typeof severities)[number]

/** One thing that can be wrong. One file each; it looks at what it names and yields what it finds. */
export interface Rule {
  /** Stable across releases: KL-L and three digits. 0 texts, 1 the object, 2 plugins, 3 addresses, 4 masters, 5 pods, 6 rights and order, 7 good habits. */
  readonly code: `KL-L${number}`
  /** What is wrong, as a short sentence without a subject of its own. */
  readonly title: string
  readonly severity: Severity
  /** What happens because of it, and where that is known from. */
  readonly why: string
  /** What to do, for whoever has no example at hand. */
  readonly fix: string
  readonly network?: (network: Network, scene: Scene) => Iterable<Found>
  readonly workload?: (workload: Workload, scene: Scene) => Iterable<Found>
  /** Of the annotation for networks only. */
  readonly request?: (request: NetworkRequest, workload: Workload, scene: Scene) => Iterable<Found>
  readonly object?: (object: LintObject, scene: Scene) => Iterable<Found>
  readonly scene?: (scene: Scene) => Iterable<Found>
}

/** One place where a rule is broken. */
export interface Found {
  /** Where, in the text of the object that is judged, or of `on`. */
  readonly at: Span
  readonly message: string
  readonly fix: string
  /** Where it is not that of the rule. */
  readonly severity?: Severity
  readonly edit?: Edit
  /** The object whose text the edit changes, where that is another than the one that is judged. */
  readonly editOn?: LintObject
  /** For rules over the whole scene: the object in whose text `at` lies. */
  readonly on?: LintObject
}
