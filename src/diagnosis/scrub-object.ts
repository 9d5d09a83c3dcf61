import type {Json} from '../steps/object.ts'
import {hideSecrets} from './hide-secrets.ts'

const hidden = '[hidden]'

/** Of annotations: repeats the whole object, environment included, as a text. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'

const secretKey =
  /(?:^|[-_.])(?:token|passw(?:or)?d|secret|api[-_]?key|private[-_]?key|(?:client-key|client-certificate|certificate-authority)-data|caBundle)$/i

/**
 * An object without what nobody needs to see: values of environment variables, what a Secret holds, values whose key says that they are secret, secrets
 * in any text, and the two places where the API keeps a second copy of an object. It stays the JSON that it was.
 */
export function scrubObject(value: Json): Json {
  if (typeof value === 'string') return hideSecrets(value)
  if (Array.isArray(value)) return (value as readonly Json[]).map(scrubObject)
  if (value === null || typeof value !== 'object') return value
  const object = value as Readonly<Record<string, Json>>
  const isSecret = object['kind'] === 'Secret'
  return Object.fromEntries(
    Object.entries(object)
      .filter(([key]) => key !== 'managedFields' && key !== lastApplied)
      .map(([key, inner]) => [
        key,
        isSecret && (key === 'data' || key === 'stringData') ? hidden : scrubMember(key, inner),
      ]),
  )
}

function scrubMember(key: string, value: Json): Json {
  if (key === 'env' && Array.isArray(value)) return (value as readonly Json[]).map(withoutValue)
  return typeof value === 'string' && secretKey.test(key) ? hidden : scrubObject(value)
}

/** A reference to a field or a Secret stays: it says where the value comes from. */
function withoutValue(variable: Json): Json {
  if (variable === null || typeof variable !== 'object' || Array.isArray(variable)) return hidden
  return {...(variable as Readonly<Record<string, Json>>), ...('value' in variable && {value: hidden})}
}
