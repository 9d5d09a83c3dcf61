import {Problem, type ProblemData} from '../../src/problem.ts'
import type {RawInput} from '../../src/spec/field.ts'

/** Raw input as flags would give it: each value from `--<key>`. */
export function rawOf(values: Readonly<Record<string, unknown>>): RawInput {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, {value, from: `--${key}`}]))
}

/** The problem that reading ends with. */
export function problemOf(read: () => unknown): ProblemData {
  try {
    read()
  } catch (error) {
    if (error instanceof Problem) return error.data
    throw error
  }
  throw new Error('it was read without a problem')
}

/** Its findings, each as one line. */
export function findingsOf(read: () => unknown): readonly string[] {
  return (problemOf(read).findings ?? []).map(({at, message}) => `${at}: ${message}`)
}
