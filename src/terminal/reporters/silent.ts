import type {Reporter} from './reporter.ts'

/** Says nothing: `--progress none`. */
export function silentReporter(): Reporter {
  return {emit: () => undefined, notice: () => undefined, close: async () => undefined}
}
