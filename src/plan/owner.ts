import type {KubernetesObject} from '../steps/object.ts'

export interface Owner {
  readonly kind: string
  readonly name: string
}

/** What has made a pod, and makes a new one when it is gone; undefined for a bare pod. */
export function ownerOf({metadata}: KubernetesObject): Owner | undefined {
  const owners = (metadata['ownerReferences'] ?? []) as readonly (Owner & {readonly controller?: boolean})[]
  return owners.find(({controller}) => controller === true) ?? owners[0]
}
