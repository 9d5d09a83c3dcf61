import type {KubernetesObject} from '../../steps/object.ts'
import type {Plan} from '../../steps/step.ts'
import type {TargetFacts} from '../facts.ts'
import {observationAccess} from './observation.ts'
import {planAccess} from './plan-access.ts'
import {rbacObjects} from './rbac-objects.ts'

export interface RightsInput {
  readonly plan: Plan
  readonly facts: Pick<TargetFacts, 'detected'>
  /** Where the service account lives. */
  readonly home: string
}

/** A service account with the rights that observing the cluster and carrying out the plan take, and no others, as objects to apply. */
export function verifyRights({plan, facts, home}: RightsInput): readonly KubernetesObject[] {
  const accesses = [...observationAccess({detected: facts.detected !== undefined}), ...planAccess(plan)]
  const made = plan.steps.flatMap(({action}) =>
    action.type === 'apply-objects'
      ? action.objects.filter(({kind}) => kind === 'Namespace').map(({metadata}) => metadata.name)
      : [],
  )
  return rbacObjects({accesses, made, home})
}
