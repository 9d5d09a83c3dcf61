/** A stream of bytes that can be read once. Node's Readable is one. */
export type ReadableStreamLike = AsyncIterable<Uint8Array>
