import type {KubernetesDriver} from '../../drivers/ports.ts'
import type {KubernetesObject} from '../../steps/object.ts'
import type {Readiness} from '../../steps/readiness.ts'
import type {StepContext} from '../executor.ts'
import {lastWarning} from './last-warning.ts'
import {describePod} from './pod-trouble.ts'

/** How many pods the evidence names. */
const most = 3

/** What the cluster itself says of a wait that was in vain: the last warning of each pod that is not ready. Never throws. */
export async function evidenceAtDeadline(
  readiness: Readiness,
  {kubernetes, signal}: StepContext,
): Promise<readonly string[]> {
  if (readiness.type !== 'rollout' && readiness.type !== 'pods-ready') return []
  try {
    const client = await kubernetes()
    const pods = await client.list({apiVersion: 'v1', kind: 'Pod', namespace: readiness.namespace}, signal)
    const mine = pods.filter((pod) => belongs(pod, readiness) && describePod(pod) !== undefined).slice(0, most)
    const lines = await Promise.all(mine.map((pod) => warningOf(client, pod, signal)))
    return lines.filter(Boolean)
  } catch {
    return []
  }
}

function belongs(pod: KubernetesObject, readiness: Extract<Readiness, {type: 'rollout' | 'pods-ready'}>): boolean {
  if (readiness.type === 'pods-ready') return readiness.names.includes(pod.metadata.name)
  return pod.metadata.name.startsWith(`${readiness.name}-`)
}

async function warningOf(client: KubernetesDriver, {metadata}: KubernetesObject, signal: AbortSignal): Promise<string> {
  const warning = await lastWarning(client, metadata.namespace ?? '', metadata.name, signal)
  return warning && `${metadata.name}: ${warning}`
}
