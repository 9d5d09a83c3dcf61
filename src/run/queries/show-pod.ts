import {defaultRouteNotes, podDifferences, type ReportedInterface} from '../../checks/pod-differences.ts'
import {type InsideInterface, readInsideJson, readInsideText} from '../../checks/pod-inside.ts'
import type {KubernetesDriver} from '../../drivers/ports.ts'
import type {TargetPod} from '../../plan/facts.ts'
import {Problem} from '../../problem.ts'
import {execTool} from '../exec-tool.ts'

/** One pod: what it asks for, what Multus has reported, and, where that was asked for, what is inside. */
export interface ShownPod {
  readonly namespace: string
  readonly pod: string
  readonly node: string
  readonly phase: string
  readonly ready: boolean
  /** Text of its annotation; empty where absent. */
  readonly requested: string
  readonly interfaces: readonly ReportedInterface[]
  /** Absent: not looked at. */
  readonly inside?: readonly InsideInterface[]
  /** What is unusual and as asked for. Absent: not looked at. */
  readonly notes?: readonly string[]
  /** Where the two do not agree. Absent: not looked at. */
  readonly differences?: readonly string[]
  /** Why it could not be looked into. */
  readonly unseen?: string
}

/** What is known of a pod from the API alone. */
export function showPod({namespace, name, node, phase, ready, requested, status}: TargetPod): ShownPod {
  const interfaces = status.map((one) => ({
    interface: one.interface ?? '',
    network: one.name,
    ips: one.ips ?? [],
    mac: one.mac ?? '',
    primary: one.default === true,
  }))
  return {namespace, pod: name, node, phase, ready, requested, interfaces}
}

/** The pod with what `ip` says inside it. Never fails for a pod that cannot be looked into: it says why. */
export async function showPodInside(
  pod: TargetPod,
  {kubernetes, signal}: {readonly kubernetes: Pick<KubernetesDriver, 'exec'>; readonly signal: AbortSignal},
): Promise<ShownPod> {
  const shown = showPod(pod)
  try {
    const inside = await lookInside(pod, kubernetes, signal)
    if (inside)
      return {
        ...shown,
        inside,
        notes: defaultRouteNotes(shown.interfaces, inside),
        differences: podDifferences(shown.interfaces, inside),
      }
    return {...shown, unseen: 'its image has no ip; k8s-local pod exec adds a container that has'}
  } catch (error) {
    if (signal.aborted || !(error instanceof Problem)) throw error
    return {...shown, unseen: error.data.cause ?? error.data.message}
  }
}

/** Seconds for one look. */
const lookSeconds = 10

async function lookInside(
  {namespace, name}: TargetPod,
  kubernetes: Pick<KubernetesDriver, 'exec'>,
  signal: AbortSignal,
): Promise<readonly InsideInterface[] | undefined> {
  const ip = async (...words: readonly string[]) =>
    await execTool(kubernetes, {namespace, name}, ['ip', ...words], {signal, timeoutSeconds: lookSeconds})
  const addr = await ip('-j', 'addr')
  if (!addr) return undefined
  const routes = await Promise.all([ip('-j', '-4', 'route'), ip('-j', '-6', 'route')])
  const read = readInsideJson(
    addr.stdout,
    routes.map((one) => one?.stdout ?? ''),
  )
  if (read) return read
  const texts = await Promise.all([ip('-o', 'addr'), ip('-o', 'link'), ip('route')])
  const [addresses = '', links = '', table = ''] = texts.map((one) => one?.stdout ?? '')
  return readInsideText(addresses, links, table)
}
