import type {NetworkStatus} from '../plan/facts.ts'
import type {KubernetesObject} from '../steps/object.ts'

const annotation = 'k8s.v1.cni.cncf.io/network-status'

/** The decoded network-status of a pod; empty where the annotation is absent or not readable. */
export function networkStatus(pod: KubernetesObject): readonly NetworkStatus[] {
  try {
    const decoded: unknown = JSON.parse(pod.metadata.annotations?.[annotation] ?? '[]')
    return Array.isArray(decoded) ? (decoded as readonly NetworkStatus[]) : []
  } catch {
    return []
  }
}
