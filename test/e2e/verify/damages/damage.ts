import type {Stage} from '../../support/stage.ts'

/** Something that `repair` knows, done on purpose. It is healed by nobody else. */
export interface Damage {
  readonly title: string
  /** Modes of Multus in which it can happen; both when absent. */
  readonly modes?: readonly ('thin' | 'thick')[]
  /** What the notes of the plan have to say. */
  readonly named: RegExp
  /** It is mended only with --yes; without, the report says this of it. */
  readonly left?: RegExp
  inject(stage: Stage): Promise<void>
}
