import type {Baseline} from '../checks/check.ts'
import {type CheckName, checkGroups} from '../checks/index.ts'
import {measuredBy} from '../checks/performance/index.ts'
import {unusable} from '../checks/performance/baseline-file.ts'
import {Problem} from '../problem.ts'

/** What is to become of measures. */
export interface MeasuringWish {
  /** Absolute path of the file that gets them. */
  readonly save?: string
  readonly baseline?: Baseline
}

/** Throws invalid-input where measures are to be saved or compared and these checks measure nothing, or nothing that the baseline has. */
export function requireMeasures({save, baseline}: MeasuringWish, checks: readonly CheckName[]): void {
  if (save === undefined && !baseline) return
  const measuring = Object.entries(measuredBy).filter(([name]) => (checks as readonly string[]).includes(name))
  if (measuring.length === 0)
    throw new Problem('invalid-input', {
      message: 'Nothing would be measured',
      findings: [
        {
          at: save === undefined ? '--compare' : '--save',
          message: `only ${Object.keys(checkGroups.performance).join(' and ')} measure, and neither was chosen`,
          fix: '--full, or --check performance',
        },
      ],
    })
  const prefixes = measuring.flatMap(([, names]) => names)
  if (baseline && !baseline.measures.some(({name}) => prefixes.some((prefix) => name.startsWith(`${prefix}/`))))
    throw unusable(baseline.file, 'it holds none of what would be measured')
}
