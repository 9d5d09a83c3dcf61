import type {Field, Fields, RawInput, RawValue} from '../spec/field.ts'

/** What the environment says, by key of the field table; an empty variable says nothing. Lists are separated by commas. */
export function readEnvironment(fields: Fields, env: Readonly<Record<string, string | undefined>>): RawInput {
  const said = Object.entries(fields).flatMap(([key, field]): [string, RawValue][] => {
    const name = variableOf(field)
    const text = env[name]
    return text ? [[key, {value: text, from: name}]] : []
  })
  return Object.fromEntries(said)
}

/** `K8S_LOCAL_POD_SUBNET` for the flag `pod-subnet`. */
export function variableOf({flag}: Pick<Field, 'flag'>): string {
  return `K8S_LOCAL_${flag.toUpperCase().replaceAll('-', '_')}`
}
