/** Seconds between two marks: as few as make at most twelve of them. */
const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600] as const
const mostMarks = 12

export interface TimeAxis {
  /** Milliseconds of each mark, from 0 on. The last one is not before the end. */
  readonly marks: readonly number[]
  /** Milliseconds at the right end. */
  readonly end: number
}

/** An axis from 0 to at least `milliseconds`. */
export function timeAxis(milliseconds: number): TimeAxis {
  const wanted = steps.find((step) => milliseconds <= step * 1000 * mostMarks) ?? steps[steps.length - 1] ?? 1
  const count = Math.max(1, Math.ceil(milliseconds / (wanted * 1000)))
  const marks = Array.from({length: count + 1}, (_, index) => Math.round(index * wanted * 1000))
  return {marks, end: marks.at(-1) ?? 0}
}
