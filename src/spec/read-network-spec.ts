import type {Finding} from '../problem.ts'
import {networkTypes} from '../catalog/network/index.ts'
import type {NetworkOption} from '../catalog/network/network-option.ts'
import {contains, hostSpan, parseAddress, parseCidr} from './cidr.ts'
import type {Fields, RawInput} from './field.ts'
import {networkFields, networkNameField, networkTypeField} from './network-fields.ts'
import type {NetworkSpec} from './network-spec.ts'
import {spanContains} from './address.ts'
import {collectFields, placeOf, refuse} from './read-fields.ts'

/** All fields of a network's spec, its two arguments among them. */
export const networkSpecFields = {
  type: networkTypeField,
  name: networkNameField,
  ...networkFields,
} as const satisfies Fields

/** The network that arguments, flags and answers ask for, frozen. Throws `invalid-input` with everything that is wrong. */
export function readNetworkSpec(raw: RawInput): NetworkSpec {
  const {values, findings} = collectFields(networkSpecFields, raw)
  const {type, name, namespace, ...others} = values
  if (type === undefined || name === undefined) {
    const missing = [...(type === undefined ? ['type'] : []), ...(name === undefined ? ['name'] : [])]
    const absent = missing.filter((key) => raw[key] === undefined)
    refuse([
      ...findings,
      ...absent.map((key) => ({at: key, message: `a network needs a ${key}`, fix: 'k8s-local net add macvlan NAME'})),
    ])
    throw new Error('a reading without type or name has findings')
  }
  const given = Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined))
  const spec: NetworkSpec = {type, name, namespace, ...given}
  refuse([...findings, ...typeFindings(spec), ...addressFindings(spec, raw)])
  return Object.freeze(spec)
}

/** What the type itself objects to. A master that is absent is chosen later, among the cluster's networks. */
function typeFindings(spec: NetworkSpec): readonly Finding[] {
  const option: NetworkOption = networkTypes[spec.type]
  return option.lint(option.hasMaster ? {master: 'chosen later', ...spec} : spec)
}

function addressFindings(spec: NetworkSpec, raw: RawInput): readonly Finding[] {
  const at = (key: string): string => placeOf(networkSpecFields, raw, key)
  const named = [
    {key: 'rangeStart', what: 'the range starts at', text: spec.rangeStart},
    {key: 'rangeEnd', what: 'the range ends at', text: spec.rangeEnd},
    {key: 'gateway', what: 'the gateway is', text: spec.gateway},
  ]
  const cidr = spec.subnet === undefined ? undefined : parseCidr(spec.subnet)
  if (cidr && cidr.prefix > 30)
    return [{at: at('subnet'), message: `${spec.subnet} has too few addresses: up to /30 is possible`}]
  const outside = named.flatMap(({key, what, text}) => {
    const address = text === undefined ? undefined : parseAddress(text)
    if (address === undefined || cidr === undefined) return []
    if (!contains(cidr, address)) return [{at: at(key), message: `${what} ${text}, which is not in ${spec.subnet}`}]
    return spanContains(hostSpan(cidr), address)
      ? []
      : [{at: at(key), message: `${what} ${text}, which no interface can have in ${spec.subnet}`}]
  })
  return [...outside, ...orderFindings(spec, at)]
}

function orderFindings({rangeStart, rangeEnd, gateway}: NetworkSpec, at: (key: string) => string): readonly Finding[] {
  if (rangeStart === undefined || rangeEnd === undefined) return []
  const [first, last] = [parseAddress(rangeStart), parseAddress(rangeEnd)]
  if (first === undefined || last === undefined) return []
  if (first.family !== last.family || first.value > last.value) {
    return [{at: at('rangeEnd'), message: `the range ends at ${rangeEnd}, before it starts at ${rangeStart}`}]
  }
  const inside = gateway === undefined ? undefined : parseAddress(gateway)
  // host-local leaves it out by itself, whereabouts hands it to a pod.
  return inside && spanContains({first, last}, inside)
    ? [{at: at('gateway'), message: `the gateway ${gateway} lies in the range for pods, ${rangeStart} to ${rangeEnd}`}]
    : []
}
