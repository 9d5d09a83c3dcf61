import type {Json} from '../steps/object.ts'

/** The value at a path of keys and indexes, or undefined where the path ends early. */
export function at(value: Json | undefined, ...path: readonly (string | number)[]): Json | undefined {
  let here: Json | undefined = value
  for (const key of path) {
    if (here === null || typeof here !== 'object') return undefined
    here = (here as Readonly<Record<string | number, Json>>)[key]
  }
  return here
}

export function textAt(value: Json | undefined, ...path: readonly (string | number)[]): string | undefined {
  const found = at(value, ...path)
  return typeof found === 'string' ? found : undefined
}

/** Numbers that Kubernetes leaves out when they are zero. */
export function countAt(value: Json | undefined, ...path: readonly (string | number)[]): number {
  const found = at(value, ...path)
  return typeof found === 'number' ? found : 0
}

export function listAt(value: Json | undefined, ...path: readonly (string | number)[]): readonly Json[] {
  const found = at(value, ...path)
  return Array.isArray(found) ? (found as readonly Json[]) : []
}
