import {attachChecks} from './attach/index.ts'
import type {Check, Judge} from './check.ts'
import {clusterChecks} from './cluster/index.ts'
import {definitionChecks} from './definition/index.ts'
import {installChecks} from './install/index.ts'
import {isolationChecks} from './isolation/index.ts'
import {hygieneChecks} from './hygiene/index.ts'
import {performanceChecks} from './performance/index.ts'
import {reachChecks} from './reach/index.ts'
import {refusalChecks} from './refusal/index.ts'
import {scenarioChecks} from './scenario/index.ts'
import {survivalChecks} from './survival/index.ts'

/** The checks of `verify` by group. The order, of groups and within them, is that of the report, and of ordeals: what restarts things comes last. */
export const checkGroups = {
  cluster: clusterChecks,
  install: installChecks,
  definition: definitionChecks,
  attach: attachChecks,
  reach: reachChecks,
  isolation: isolationChecks,
  refusal: refusalChecks,
  performance: performanceChecks,
  hygiene: hygieneChecks,
  survival: survivalChecks,
} as const satisfies Record<string, Readonly<Record<string, Check>>>

/** Key = file name = `check` in every report. */
export const checks = {
  ...clusterChecks,
  ...installChecks,
  ...definitionChecks,
  ...attachChecks,
  ...reachChecks,
  ...isolationChecks,
  ...refusalChecks,
  ...performanceChecks,
  ...hygieneChecks,
  ...survivalChecks,
} as const satisfies Record<string, Check>

export type CheckName = keyof typeof checks

/** The check of that name, of verify or of a scenario, whatever its subject: a subject that came from the same check fits. */
export function checkNamed(name: string): Judge | undefined {
  return ({...checks, ...scenarioChecks} as Readonly<Record<string, Judge>>)[name]
}
