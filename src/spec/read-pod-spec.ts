import type {Finding} from '../problem.ts'
import {interfaceNames} from './attachment.ts'
import type {Fields, RawInput} from './field.ts'
import {placeRequests} from './place-requests.ts'
import {podFields, podNameField} from './pod-fields.ts'
import type {AttachmentSpec, TestPodSpec} from './pod-spec.ts'
import {collectFields, placeOf, refuse, type ValuesOf} from './read-fields.ts'

/** All fields of a test pod's spec, its argument among them. */
export const podSpecFields = {name: podNameField, ...podFields} as const satisfies Fields

/** The test pod that arguments, flags and answers ask for, frozen. Throws `invalid-input` with everything that is wrong. */
export function readPodSpec(raw: RawInput): TestPodSpec {
  const {values, findings} = collectFields(podSpecFields, raw)
  const {name, namespace, node, networks, as, replicas, defaultNetwork} = values
  const placed = placeRequests(networks, values)
  const nameless =
    raw['name'] === undefined
      ? [{at: 'name', message: 'a pod needs a name', fix: 'k8s-local pod add NAME --network data'}]
      : []
  const at = (key: string) => placeOf(podSpecFields, raw, key)
  refuse([
    ...nameless,
    ...findings,
    ...interfaceFindings(interfaceNames(networks), at('networks')),
    ...placed.faults.map(({key, message}) => ({at: at(key), message})),
    ...routeFindings(placed.attachments, at('defaultRoutes')),
    ...replicaFindings(values, at),
  ])
  if (name === undefined) throw new Error('a reading without a name has findings')
  return Object.freeze({
    name,
    namespace,
    attachments: Object.freeze(placed.attachments),
    ...(node !== undefined && {node}),
    ...(as !== 'pod' && {workload: {kind: workloadKinds[as], replicas}}),
    ...(defaultNetwork !== undefined && {defaultNetwork}),
  })
}

/** Two networks cannot be one interface. */
export function interfaceFindings(names: readonly string[], at: string): readonly Finding[] {
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index))
  return [...repeated].map((name) => ({
    at,
    message: `two networks would be the interface ${name}`,
    fix: 'Name the interfaces: --network data@data1',
  }))
}

const workloadKinds = {deployment: 'Deployment', statefulset: 'StatefulSet'} as const

function routeFindings(attachments: readonly AttachmentSpec[], at: string): readonly Finding[] {
  const gateways = attachments.flatMap(({defaultRoute}) => defaultRoute ?? [])
  return [gateways.filter((one) => one.includes(':')), gateways.filter((one) => !one.includes(':'))]
    .filter((family) => family.length > 1)
    .map((family) => ({at, message: `a pod has one default route, and these are asked for: ${family.join(', ')}`}))
}

/** What only one pod at a time can have. */
function replicaFindings(
  {as, replicas, ips, macs, portMaps}: ValuesOf<typeof podSpecFields>,
  at: (key: string) => string,
): readonly Finding[] {
  if (replicas === 1) return []
  if (as === 'pod')
    return [{at: at('replicas'), message: `a pod is one: ${replicas} need --as deployment`, fix: '--as deployment'}]
  return [
    {key: 'ips', asked: ips, what: 'one address'},
    {key: 'macs', asked: macs, what: 'one MAC address'},
    {key: 'portMaps', asked: portMaps, what: 'one port of a node'},
  ]
    .filter(({asked}) => asked.length > 0)
    .map(({key, what}) => ({at: at(key), message: `${replicas} replicas cannot share ${what}`, fix: '--replicas 1'}))
}
