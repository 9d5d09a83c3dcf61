import type {Probe} from '../steps/check-request.ts'
import type {Json} from '../steps/object.ts'

/** What to collect, as data: the files that it makes of a cluster. One line of a table per file. */
export type Collector = (view: ClusterView) => readonly Look[]

/** One file of a diagnosis. */
export interface Look {
  /** Path below the folder of the diagnosis. */
  readonly file: string
  /** What is in it, for the index. */
  readonly title: string
  readonly probe: Probe | EngineProbe
  /** The part of the API's answer that is worth keeping; all of it when absent. */
  readonly pick?: (answer: Json) => Json
  /** What a program's output means, where it would tell nobody anything. */
  readonly read?: (printed: {readonly stdout: string; readonly stderr: string}) => string
  /** It need not be there: its absence is a fact, and no fault of the collection. */
  readonly optional?: true
}

/** What the container engine of this machine tells; the API need not answer for it. */
export interface EngineProbe {
  readonly type: 'engine'
  readonly about: 'engine' | 'containers' | 'networks' | 'record'
}

/** What there is to look at, known before anything is collected. */
export interface ClusterView {
  readonly cluster: string
  /** Why the API does not answer at all; absent where it does. */
  readonly apiFault?: string
  readonly nodes: readonly ViewedNode[]
  /** All pods; empty where the API does not tell them. */
  readonly pods: readonly Json[]
}

export interface ViewedNode {
  readonly name: string
  /** Why no program can be run on it; absent where one can. */
  readonly fault?: string
}
