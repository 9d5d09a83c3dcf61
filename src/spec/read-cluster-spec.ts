import {clusterFields, clusterNameField} from './cluster-fields.ts'
import {clusterFindings} from './cluster-rules.ts'
import type {ClusterSpec} from './cluster-spec.ts'
import type {Fields, RawInput} from './field.ts'
import {collectFields, refuse} from './read-fields.ts'

/** All fields of a cluster's spec, its name among them: the keys of k8s-local.yaml. */
export const clusterSpecFields = {name: clusterNameField, ...clusterFields} as const satisfies Fields

/**
 * The spec that flags, file and answers ask for: complete, valid in itself, frozen. What only the machine can tell (`auto`, free
 * subnets) is left to the plan. Throws `invalid-input` with everything that is wrong.
 */
export function readClusterSpec(raw: RawInput): ClusterSpec {
  const {values, findings} = collectFields(clusterSpecFields, raw)
  // Networks for pods need Multus and a NIC to sit on; unless asked for by name they go without a word.
  const testNetworks = raw['testNetworks'] === undefined ? testNetworksByDefault(values) : values.testNetworks
  const spec: ClusterSpec = {...values, testNetworks}
  refuse([...findings, ...clusterFindings(spec, raw)])
  return frozen(spec)
}

/** Whether test networks are made when nobody said anything. */
export function testNetworksByDefault({multus, networks}: Pick<ClusterSpec, 'multus' | 'networks'>): boolean {
  return multus !== 'none' && networks.length > 0
}

function frozen(spec: ClusterSpec): ClusterSpec {
  const networks = Object.freeze(spec.networks.map((network) => Object.freeze({...network})))
  return Object.freeze({...spec, networks})
}
