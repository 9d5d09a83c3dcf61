import type {Clock} from '../../drivers/ports.ts'
import type {Surroundings} from '../surroundings.ts'
import {linesReporter} from './lines.ts'
import {ndjsonReporter} from './ndjson.ts'
import type {ProgressKind} from './progress-kinds.ts'
import type {Reporter} from './reporter.ts'
import {silentReporter} from './silent.ts'

/** The reporter for `--progress`: `auto` draws a task list where stderr is a terminal that can redraw and nobody said CI, else lines. */
export async function chooseReporter(kind: ProgressKind, surroundings: Surroundings, clock: Clock): Promise<Reporter> {
  const {stderr} = surroundings
  switch (kind === 'auto' ? automatic(surroundings) : kind) {
    case 'tasks': {
      const {taskListReporter} = await import('./task-list.ts')
      return taskListReporter(stderr as NodeJS.WriteStream, clock)
    }
    case 'ndjson':
      return ndjsonReporter(stderr)
    case 'none':
      return silentReporter()
    case 'lines':
      return linesReporter(stderr, clock)
  }
}

function automatic({stderr, env}: Surroundings): 'tasks' | 'lines' {
  return stderr.isTTY && env.TERM !== 'dumb' && !isCi(env) ? 'tasks' : 'lines'
}

/** Whether a build server runs us: `CI` set to anything but nothing, 0 and false. */
export function isCi(env: Surroundings['env']): boolean {
  return !['', '0', 'false'].includes(env.CI ?? '')
}
