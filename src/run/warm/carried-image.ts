import {dirname} from 'node:path'
import {Problem} from '../../problem.ts'
import type {Artifact} from '../../steps/artifact.ts'
import type {StepContext} from '../executor.ts'

/** Whether the file of a warm image lies in the bundle as its row says. Throws what reading it throws. */
export async function isWhole(
  artifact: Artifact,
  {drivers: {downloads}, signal}: Pick<StepContext, 'drivers' | 'signal'>,
): Promise<boolean> {
  try {
    await downloads.fetch(artifact, {signal})
    return true
  } catch (error) {
    if (error instanceof Problem && faults.some((name) => name === error.data.name)) return false
    throw error
  }
}

/** What is wrong with the file of a bundle. */
const faults = ['artifact-corrupt', 'bundle-incomplete'] as const

/** The same problem with the file of a warm image, with what helps there: the bundle need not be made anew. */
export function withWarmCure(error: unknown, {origin}: Artifact): unknown {
  if (!(error instanceof Problem) || !faults.some((name) => name === error.data.name)) return error
  const folder = origin.kind === 'bundle' ? dirname(origin.file) : 'DIR'
  return new Problem(error.data.name, {...error.data, suggestions: warmCure(folder)})
}

/** What helps where a bundle carries a warm image that cannot be used. */
export function warmCure(bundle: string): readonly string[] {
  return [
    `Save it anew, with the same --cni and --multus: k8s-local warm --bundle ${bundle} --into-bundle`,
    'Or copy the bundle again',
    'Work without it: k8s-local create --warm never',
  ]
}
