import {type Parsed, shown} from './field-kinds.ts'

/** Bits in a second, from a number or a text such as `100M`, `2.5G` or `64k`: powers of 1000, as network rates are counted. */
export function readRate(raw: unknown): Parsed<number> {
  const match = /^(\d+(?:\.\d+)?)\s*([kMG]?)$/.exec(
    typeof raw === 'number' ? String(raw) : typeof raw === 'string' ? raw.trim() : '',
  )
  const bits = match ? Math.round(Number(match[1]) * (factors[match[2] ?? ''] ?? 1)) : 0
  return bits > 0 ? {value: bits} : {fault: `${shown(raw)} is not a rate such as 100M, in bits in a second`}
}

const factors: Readonly<Record<string, number>> = {'': 1, k: 1e3, M: 1e6, G: 1e9}
