import type {CliOptions} from '../../support/cli.ts'
import type {Stage} from '../../support/stage.ts'

/** Something that goes wrong on real clusters, made on purpose. */
export interface Fault {
  readonly title: string
  /** Which checks look; `quick` when absent. */
  readonly tier?: 'quick' | 'default' | 'full'
  /** It takes minutes, so it is tried only with K8S_LOCAL_FAULTS=all. */
  readonly slow?: true
  /** It cannot be made by whoever runs the tests: the reason. */
  readonly impossible?: string
  /** Further flags of verify. */
  readonly flags?: readonly string[]
  /** The primary CNI that it is about; any when absent. */
  readonly cni?: Stage['cni']
  /** Modes of Multus in which it can happen; both when absent. */
  readonly modes?: readonly ('thin' | 'thick')[]
  /** The checks that name it, each with what it has to say: check, subject, summary and cause. */
  readonly fails: Readonly<Record<string, RegExp>>
  /** Checks that have to fail as well: what they promise is then not true either. */
  readonly follows?: readonly string[]
  /** Checks that may fail as well: whether what they look at has noticed yet depends on the moment. */
  readonly mayFollow?: readonly string[]
  /** How the program under test is run: in a world of its own that is worse than the machine's. */
  readonly runAs?: (stage: Stage) => CliOptions
  inject(stage: Stage): Promise<void>
  /** Leaves the cluster healthy, whatever `inject` has got done. */
  heal(stage: Stage): Promise<void>
}
