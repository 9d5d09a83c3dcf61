import type {KubernetesDriver} from '../../drivers/ports.ts'

interface Event {
  readonly type?: string
  readonly reason?: string
  readonly message?: string
  readonly lastTimestamp?: string | null
  readonly eventTime?: string | null
  readonly metadata?: {readonly creationTimestamp?: string}
}

/** Reason and message of the latest warning event of an object; empty where there is none or the API does not say. */
export async function lastWarning(
  kubernetes: KubernetesDriver,
  namespace: string,
  name: string,
  signal?: AbortSignal,
): Promise<string> {
  const selector = encodeURIComponent(`involvedObject.name=${name},type=Warning`)
  const path = `/api/v1/namespaces/${namespace}/events?fieldSelector=${selector}`
  const answer = await kubernetes.get(path, {timeoutSeconds: 5, ...(signal && {signal})}).catch(() => undefined)
  const {items = []} = (answer ?? {}) as {readonly items?: readonly Event[]}
  const latest = items.toSorted((a, b) => timeOf(a).localeCompare(timeOf(b))).at(-1)
  return latest ? `${latest.reason}: ${latest.message ?? ''}`.trim() : ''
}

function timeOf({lastTimestamp, eventTime, metadata}: Event): string {
  return lastTimestamp ?? eventTime ?? metadata?.creationTimestamp ?? ''
}
