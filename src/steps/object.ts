export type Json = string | number | boolean | null | readonly Json[] | {readonly [key: string]: Json}

/** A Kubernetes object as data. */
export interface KubernetesObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: ObjectMeta
  readonly [field: string]: unknown
}

export interface ObjectMeta {
  readonly name: string
  readonly namespace?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly [field: string]: unknown
}

/** Enough to find one object. */
export interface ObjectRef {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly namespace?: string
}

export function refOf(object: KubernetesObject): ObjectRef {
  const {name, namespace} = object.metadata
  return {apiVersion: object.apiVersion, kind: object.kind, name, ...(namespace === undefined ? {} : {namespace})}
}
