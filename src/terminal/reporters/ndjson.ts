import type {Sink} from '../surroundings.ts'
import type {Reporter} from './reporter.ts'

/** One JSON document per line for every event, as it is: `--progress ndjson`. A notice is `{"type":"notice","text":…}`. */
export function ndjsonReporter(sink: Sink): Reporter {
  const line = (document: unknown): void => void sink.write(`${JSON.stringify(document)}\n`)
  return {emit: line, notice: (text) => line({type: 'notice', text}), close: async () => undefined}
}
