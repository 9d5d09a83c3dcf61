import type {Tree} from '../../tree.ts'

/** A scalar without quotes by YAML 1.2's core schema: null, true, false, a number, or the text itself. */
export function plainLeaf(raw: string, start: number): Tree {
  const end = start + raw.length
  if (raw === '' || raw === '~' || raw === 'null' || raw === 'Null' || raw === 'NULL')
    return {kind: 'value', value: null, start, end}
  const first = raw.charCodeAt(0)
  // Letters t, f, T, F, digits, signs and dots: all else is a text.
  const maybe = (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46
  if (maybe) {
    const value = numberOf(raw)
    if (value !== undefined) return {kind: 'value', value, start, end}
  }
  if (/^(?:true|True|TRUE)$/.test(raw)) return {kind: 'value', value: true, start, end}
  if (/^(?:false|False|FALSE)$/.test(raw)) return {kind: 'value', value: false, start, end}
  return {kind: 'text', value: raw, style: 'plain', pieces: [0, start], start, end}
}

function numberOf(raw: string): number | undefined {
  if (/^[-+]?\d+$/.test(raw)) return Number(raw)
  if (/^0o[0-7]+$/.test(raw) || /^0x[0-9a-fA-F]+$/.test(raw)) return Number(raw)
  if (/^[-+]?(?:\.\d+|\d+\.\d*)(?:[eE][-+]?\d+)?$/.test(raw) || /^[-+]?\d+[eE][-+]?\d+$/.test(raw)) return Number(raw)
  if (/^[-+]?\.(?:inf|Inf|INF)$/.test(raw)) return raw.startsWith('-') ? -Infinity : Infinity
  return /^\.(?:nan|NaN|NAN)$/.test(raw) ? Number.NaN : undefined
}
