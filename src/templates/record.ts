import type {ClusterRecord} from '../steps/action.ts'
import type {KubernetesObject, ObjectRef} from '../steps/object.ts'
import {descriptionAnnotation, managedBy} from './labels.ts'

/** Where the record of a cluster lies in the cluster. */
export const recordRef = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  namespace: 'kube-public',
  name: 'k8s-local',
} as const satisfies ObjectRef

/** The object that keeps what the cluster was asked to be, so that net, pod, verify and status need no file. */
export function recordObject(record: ClusterRecord): KubernetesObject {
  return {
    apiVersion: recordRef.apiVersion,
    kind: recordRef.kind,
    metadata: {
      name: recordRef.name,
      namespace: recordRef.namespace,
      labels: managedBy,
      annotations: {[descriptionAnnotation]: 'What this cluster was asked to be; k8s-local reads it'},
    },
    data: {[key]: `${JSON.stringify(record, null, 2)}\n`},
  }
}

/** The record that an object read from a cluster carries; undefined when it is not ours, or of a form that we do not know. */
export function readRecord(object: unknown): ClusterRecord | undefined {
  const text = isRecord(object) && isRecord(object['data']) ? object['data'][key] : undefined
  if (typeof text !== 'string') return undefined
  try {
    return toClusterRecord(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** The same from its parsed JSON, wherever that was kept. */
export function toClusterRecord(value: unknown): ClusterRecord | undefined {
  if (!isRecord(value)) return undefined
  const texts = ['name', 'kubernetes', 'cni', 'cniVersion', 'multus', 'podSubnet', 'serviceSubnet'] as const
  const whole = ['controlPlanes', 'workers'] as const
  const {networks} = value
  const known =
    texts.every((field) => typeof value[field] === 'string') &&
    whole.every((field) => Number.isInteger(value[field])) &&
    Array.isArray(networks) &&
    networks.every((one) => isRecord(one) && typeof one['name'] === 'string' && typeof one['subnet'] === 'string')
  return known ? (value as unknown as ClusterRecord) : undefined
}

const key = 'record'

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
