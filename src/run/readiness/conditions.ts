import type {KubernetesObject} from '../../steps/object.ts'

export interface Condition {
  readonly type: string
  readonly status: string
  readonly reason?: string
  readonly message?: string
}

/** A condition of an object's status by type (`Ready`, `Established`). */
export function conditionOf(object: KubernetesObject, type: string): Condition | undefined {
  const {conditions} = (object['status'] ?? {}) as {readonly conditions?: readonly Condition[]}
  return conditions?.find((one) => one.type === type)
}

export function isTrue(condition: Condition | undefined): boolean {
  return condition?.status === 'True'
}
