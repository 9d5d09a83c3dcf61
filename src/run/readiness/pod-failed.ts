import type {KubernetesDriver} from '../../drivers/ports.ts'
import {Problem} from '../../problem.ts'
import {isImageTrouble} from './hopeless.ts'
import {lastWarning} from './last-warning.ts'
import type {ContainerTrouble} from './pod-trouble.ts'

/** The failure of a container that will not start, with the last lines of its log, or the last event of its pod where it never ran. */
export async function podFailed(
  trouble: ContainerTrouble,
  kubernetes: KubernetesDriver,
  context: string,
  signal: AbortSignal,
): Promise<Problem> {
  const {namespace, pod, container, reason, restarts} = trouble
  const evidence = isImageTrouble(trouble)
    ? await lastWarning(kubernetes, namespace, pod, signal)
    : await lastLog(trouble, kubernetes, signal)
  const kubectl = `kubectl --context ${context} -n ${namespace}`
  return new Problem('pod-failed', {
    message: `Pod ${namespace}/${pod} does not start: container ${container} is in ${reason}${restarts > 0 ? ` after ${restarts} restarts` : ''}`,
    cause: evidence || trouble.message || reason,
    suggestions: [
      isImageTrouble(trouble) ? `${kubectl} describe pod ${pod}` : `${kubectl} logs ${pod} -c ${container} --previous`,
    ],
  })
}

async function lastLog(
  {namespace, pod, container}: ContainerTrouble,
  kubernetes: KubernetesDriver,
  signal: AbortSignal,
): Promise<string> {
  const path = `/api/v1/namespaces/${namespace}/pods/${pod}/log?container=${container}&previous=true&tailLines=6`
  const log = await kubernetes.get(path, {signal, timeoutSeconds: 5}).catch(() => undefined)
  return typeof log === 'string' ? log.trim() : ''
}
