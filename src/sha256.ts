/**
 * SHA-256 of a text (UTF-8), 64 hexadecimal digits (FIPS 180-4). For short texts: what plans is pure and has no library at hand, and files are hashed
 * where they are read.
 */
export function sha256(text: string): string {
  const state = [...initial]
  const blocks = padded(new TextEncoder().encode(text))
  for (let at = 0; at < blocks.byteLength; at += 64) compress(state, blocks, at)
  return state.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
}

/** The first 64 primes. */
const primes = Array.from({length: 312}, (_, number) => number).filter(
  (number) => number > 1 && !Array.from({length: number}, (_, other) => other).some((d) => d > 1 && number % d === 0),
)

/** The first 32 bits of the fractional part, as the standard takes its constants from roots of primes. */
const fraction = (root: number): number => Math.floor((root - Math.floor(root)) * 2 ** 32) | 0

const initial = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)))
const constants = primes.map((prime) => fraction(Math.cbrt(prime)))

/** The bytes, a one bit, zeros, and the length in bits as the last eight bytes of a block. */
function padded(bytes: Uint8Array): DataView {
  const length = Math.ceil((bytes.length + 9) / 64) * 64
  const all = new Uint8Array(length)
  all.set(bytes)
  all[bytes.length] = 0x80
  const view = new DataView(all.buffer)
  view.setUint32(length - 4, bytes.length * 8)
  return view
}

function compress(state: number[], blocks: DataView, at: number): void {
  const words = Array.from({length: 16}, (_, index) => blocks.getInt32(at + 4 * index))
  const word = (index: number): number => words[index] ?? 0
  for (let index = 16; index < 64; index += 1) {
    const [early, late] = [word(index - 15), word(index - 2)]
    const first = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3)
    const second = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10)
    words.push((word(index - 16) + first + word(index - 7) + second) | 0)
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state
  for (const [index, constant] of constants.entries()) {
    const mixed = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)
    const chosen = (h + mixed + ((e & f) ^ (~e & g)) + constant + word(index)) | 0
    const major = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
    ;[a, b, c, d, e, f, g, h] = [(chosen + major) | 0, a, b, c, (d + chosen) | 0, e, f, g]
  }
  for (const [index, value] of [a, b, c, d, e, f, g, h].entries()) state[index] = ((state[index] ?? 0) + value) | 0
}

/** The 32 bits turned to the right. */
function turned(value: number, by: number): number {
  return (value >>> by) | (value << (32 - by))
}
