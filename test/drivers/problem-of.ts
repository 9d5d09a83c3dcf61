import {Problem, type ProblemData} from '../../src/problem.ts'

/** The Problem that work ends with. Fails the test when it ends well or with anything else. */
export async function problemOf(work: Promise<unknown>): Promise<ProblemData> {
  try {
    await work
  } catch (error) {
    if (error instanceof Problem) return error.data
    throw error
  }
  throw new Error('a Problem was expected, but all went well')
}
