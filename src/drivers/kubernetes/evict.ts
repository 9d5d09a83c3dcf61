import {Problem} from '../../problem.ts'
import type {KubernetesDriver} from '../ports.ts'
import type {Api} from './api.ts'

type Evict = KubernetesDriver['evict']

/** The subresource `eviction` of a pod (policy/v1, Kubernetes 1.22 and later). */
export async function evictPod(
  api: Api,
  {namespace, name, uid}: Parameters<Evict>[0],
  signal?: AbortSignal,
): ReturnType<Evict> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}/eviction`
  const body = JSON.stringify({
    apiVersion: 'policy/v1',
    kind: 'Eviction',
    metadata: {name, namespace},
    deleteOptions: {preconditions: {uid}},
  })
  try {
    const {status} = await api.ask(`evict the pod ${namespace}/${name}`, {method: 'POST', path, body, signal})
    return status === 404 ? 'gone' : 'evicted'
  } catch (error) {
    const said = error instanceof Problem && error.data.name === 'api-refused' ? (error.data.cause ?? '') : ''
    if (/disruption budget/i.test(said)) return 'refused'
    if (/uid in precondition/i.test(said)) return 'gone'
    throw error
  }
}
