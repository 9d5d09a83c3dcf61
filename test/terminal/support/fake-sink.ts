import {Writable} from 'node:stream'
import {stripVTControlCharacters} from 'node:util'

/** A stream that keeps what is written to it. */
export interface FakeSink extends Writable {
  readonly isTTY: boolean
  readonly columns: number
  /** All that was written, without escape sequences. */
  text(): string
  /** The same, as it was written. */
  raw(): string
}

export function makeFakeSink({isTTY = false, columns = 80}: {isTTY?: boolean; columns?: number} = {}): FakeSink {
  let written = ''
  const stream = new Writable({
    write(chunk: Buffer | string, _encoding, done) {
      written += chunk.toString()
      done()
    },
  })
  return Object.assign(stream, {isTTY, columns, raw: () => written, text: () => stripVTControlCharacters(written)})
}
