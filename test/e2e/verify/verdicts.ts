import type {CheckResult} from '../../../src/steps/check-request.ts'
import {type CliOptions, documentOf, k8sLocal} from '../support/cli.ts'
import type {Stage} from '../support/stage.ts'

export interface VerdictsOptions {
  readonly tier?: 'quick' | 'default' | 'full'
  /** Further flags. */
  readonly flags?: readonly string[]
  readonly runAs?: (stage: Stage) => CliOptions
}

/** The verdicts of one run of `verify`, whatever they are. Throws when the run could not be made. */
export async function verdictsOf(
  stage: Stage,
  {tier = 'quick', flags = [], runAs}: VerdictsOptions = {},
): Promise<readonly CheckResult[]> {
  const {home, at} = stage
  const argv = ['verify', ...at, '--tier', tier, ...flags, '--json']
  const finished = await k8sLocal(home, argv, {...runAs?.(stage), timeoutSeconds: 600})
  if (finished.exitCode > 1)
    throw new Error(`verify ended with ${finished.exitCode}\n${finished.stdout}${finished.stderr}`)
  return documentOf<{readonly checks: readonly CheckResult[]}>(finished).checks
}

export function troubles(verdicts: readonly CheckResult[]): readonly CheckResult[] {
  return verdicts.filter(({status}) => status === 'fail' || status === 'error' || status === 'warn')
}
