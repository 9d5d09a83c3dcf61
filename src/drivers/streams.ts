/** A stream of bytes that can be read once. Node's Readable is one. */
export type ReadableStreamLike = AsyncIterable<Uint8Array>

/** A file that a child reads by itself, as its standard input: no byte passes through this process. */
export interface InputFile {
  /** Absolute path. */
  readonly file: string
}
