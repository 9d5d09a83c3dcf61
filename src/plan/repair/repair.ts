import type {Deed} from '../../checks/check.ts'
import type {RepairFacts} from './repair-facts.ts'

/** One kind of trouble that can be mended. One file each. */
export interface Repair {
  /** Of the kind: "Multus comes first". */
  readonly title: string
  /** All faults of the kind, each with what mends it. Pure. */
  finds(facts: RepairFacts): readonly Fault[]
}

/** Something that is wrong. */
export interface Fault {
  /** A node, a pod, a pool; empty for the cluster. No two faults of one kind have the same. */
  readonly subject: string
  /** What is wrong: a sentence without a full stop. */
  readonly summary: string
  readonly cause?: string
  /** What a person can do, where nothing is done or nobody has agreed. */
  readonly fix?: string
  /** What is lost by mending it, for somebody to agree to; absent where nothing is. */
  readonly asks?: string
  /** What mends it, in order; empty where it cannot be mended from here. */
  readonly mends: readonly Deed[]
}
