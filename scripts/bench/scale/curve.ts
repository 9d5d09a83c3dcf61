import type {CurveName, Unit} from './measurement.ts'
import type {Session} from './session.ts'

export interface Curve {
  readonly name: CurveName
  /** Above the chart, without the unit. */
  readonly title: string
  /** What n counts: `workers`. */
  readonly across: string
  /** Whether it takes a container engine and a bundle. */
  readonly needsCluster: boolean
  measure(run: CurveRun): Promise<void>
}

/** One run of a curve: what it may use, and where its values go. */
export interface CurveRun {
  readonly session: Session
  readonly rounds: number
  /** Only the cheap part of it. */
  readonly quick: boolean
  /** Keeps a value: it is on disk when this returns, and survives whatever comes later. */
  keep(series: {readonly name: string; readonly unit: Unit}, n: number, value: number): Promise<void>
  say(text: string): void
}
