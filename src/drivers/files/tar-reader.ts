/** A regular file in a tar. The body must be read to its end before the next entry is asked for; what is left of it is skipped. */
export interface TarEntry {
  readonly name: string
  /** Permission bits. */
  readonly mode: number
  readonly size: number
  readonly body: AsyncIterable<Uint8Array>
}

/**
 * The regular files of a tar stream: ustar, with GNU's and pax' long names. Names have no leading `./`. Throws an Error for
 * what is no tar, ends early, or leads out of its folder.
 */
export async function* readTar(source: AsyncIterable<Uint8Array>): AsyncGenerator<TarEntry> {
  const bytes = createReader(source)
  let longName: string | undefined
  for (;;) {
    const block = await bytes.take(blockSize, 'maybe')
    if (!block || block.every((byte) => byte === 0)) return
    const header = parseHeader(block)
    const padding = (blockSize - (header.size % blockSize)) % blockSize
    if (header.type === 'L' || header.type === 'x') {
      const content = (await bytes.take(header.size)).toString('utf8')
      longName = header.type === 'L' ? content.replace(/\0.*$/s, '') : (paxPath(content) ?? longName)
      await bytes.skip(padding)
      continue
    }
    let left = header.size
    const body = async function* (): AsyncGenerator<Uint8Array> {
      while (left > 0) {
        const chunk = await bytes.some(left)
        left -= chunk.length
        yield chunk
      }
    }
    if (header.type === '0')
      yield {name: safeName(longName ?? header.name), mode: header.mode & 0o7777, size: header.size, body: body()}
    await bytes.skip(left + padding)
    // A global pax header says nothing of the next entry's name.
    if (header.type !== 'g') longName = undefined
  }
}

const blockSize = 512

interface Header {
  readonly name: string
  readonly mode: number
  readonly size: number
  /** `0` for a regular file. */
  readonly type: string
}

function parseHeader(block: Buffer): Header {
  const seen = block.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : byte), 0)
  if (seen !== number(block, 148, 8)) throw new Error('not a tar archive: the checksum of a header is wrong')
  const type = String.fromCharCode(block[156] ?? 0)
  const ustar = string(block, 257, 5) === 'ustar'
  const prefix = ustar ? string(block, 345, 155) : ''
  const name = string(block, 0, 100)
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    mode: number(block, 100, 8),
    size: number(block, 124, 12),
    type: type === '\0' || type === '7' ? '0' : type,
  }
}

function string(block: Buffer, start: number, length: number): string {
  return block.toString('utf8', start, start + length).replace(/\0.*$/s, '')
}

/** Octal text, or for sizes beyond 8 GiB GNU's base 256 with the top bit set. */
function number(block: Buffer, start: number, length: number): number {
  const first = block[start] ?? 0
  if (first & 0x80)
    return block.subarray(start + 1, start + length).reduce((value, byte) => value * 256 + byte, first & 0x7f)
  return Number.parseInt(string(block, start, length).trim() || '0', 8)
}

/** pax records read `<length> <key>=<value>\n`. */
function paxPath(records: string): string | undefined {
  return /(?:^|\n)\d+ path=([^\n]*)\n/.exec(records)?.[1]
}

function safeName(name: string): string {
  const clean = name.replace(/^(?:\.\/)+/, '')
  if (clean.startsWith('/') || clean.split('/').includes('..'))
    throw new Error(`the archive holds a file that leads out of its folder: ${name}`)
  return clean
}

interface Reader {
  /** Exactly so many bytes; undefined at the end of the stream when it may end here. */
  take(count: number, end: 'maybe'): Promise<Buffer | undefined>
  take(count: number): Promise<Buffer>
  /** At least one byte, at most so many. */
  some(most: number): Promise<Buffer>
  skip(count: number): Promise<void>
}

function createReader(source: AsyncIterable<Uint8Array>): Reader {
  const iterator = source[Symbol.asyncIterator]()
  let held: Buffer = Buffer.alloc(0)
  const fill = async (): Promise<boolean> => {
    while (held.length === 0) {
      const next = await iterator.next()
      if (next.done) return false
      held = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength)
    }
    return true
  }
  const some = async (most: number): Promise<Buffer> => {
    if (!(await fill())) throw new Error('the archive ends too early')
    const part = held.subarray(0, most)
    held = held.subarray(part.length)
    return part
  }
  const take = async (count: number): Promise<Buffer> => {
    const parts: Buffer[] = []
    for (let left = count; left > 0; ) {
      const part = await some(left)
      parts.push(part)
      left -= part.length
    }
    return Buffer.concat(parts)
  }
  return {
    take: (async (count: number, end?: 'maybe') =>
      end && !(await fill()) ? undefined : await take(count)) as Reader['take'],
    some,
    skip: async (count) => {
      for (let left = count; left > 0; ) left -= (await some(left)).length
    },
  }
}
