import {Problem, type ProblemData} from '../../src/problem.ts'

/** The Problem that a piece of work throws; fails the test where it throws none. */
export function problemOf(make: () => unknown): ProblemData {
  try {
    make()
  } catch (error) {
    if (error instanceof Problem) return error.data
    throw error
  }
  throw new Error('nothing was refused')
}
