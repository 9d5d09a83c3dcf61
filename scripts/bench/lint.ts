import {lint} from '../../src/lint/lint.ts'
import {manyNetworks} from './many-networks.ts'
import {median} from './median.ts'

export interface LintBench {
  readonly networks: number
  readonly megabytes: number
  /** Median, reading included. */
  readonly milliseconds: number
}

/** Reading and judging ten thousand networks of four kinds, all in one text, as one person could have them; without starting the program. */
export function measureLint(rounds: number): LintBench {
  const networks = 10_000
  const text = manyNetworks(networks)
  const times = Array.from({length: rounds}, () => {
    const started = performance.now()
    const {objects, findings} = lint({sources: [{name: 'networks.yaml', text, origin: 'file'}]})
    const milliseconds = performance.now() - started
    if (objects !== networks || findings.length === 0)
      throw new Error(`${objects} objects, ${findings.length} findings`)
    return milliseconds
  })
  return {networks, megabytes: text.length / 1e6, milliseconds: median(times)}
}
