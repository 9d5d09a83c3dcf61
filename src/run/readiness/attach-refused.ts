import {explainAttachFailure} from '../../checks/attach-causes.ts'
import {Problem} from '../../problem.ts'
import type {KubernetesObject} from '../../steps/object.ts'
import {conditionOf, isTrue} from './conditions.ts'
import type {WaitContext} from './wait-context.ts'

/** Milliseconds for which a network may refuse a pod: an address may just be given back. kubelet tries again about every 12 s. */
const patience = 8000

/** What is over when an agent of the cluster is there again. With status 400 the daemon is there, and passes on what a plugin said. */
const mayPass =
  /multus\.sock|CmdAdd \(shim\): (?!CNI request failed with status 400)|Unauthorized|cannot get resource|deadline exceeded|refused|DHCP daemon/

/**
 * Never returns. Throws pod-failed when one of the pods is refused by a network for a reason that does not go away, with the plugin's words and what helps;
 * without it the reason is told only when the wait's whole time is over.
 */
export async function attachRefused(
  {namespace, names}: {readonly namespace: string; readonly names: readonly string[]},
  context: WaitContext,
): Promise<never> {
  const passed = new Set<string>()
  for (;;) {
    const refusal = await nextRefusal({namespace, names: names.filter((name) => !passed.has(name))}, context)
    await context.drivers.clock.sleep(patience, context.signal)
    const kubernetes = await context.kubernetes()
    const ref = {apiVersion: 'v1', kind: 'Pod', name: refusal.pod, namespace}
    const pod = await kubernetes.read(ref, context.signal)
    if (pod && !isTrue(conditionOf(pod, 'Ready'))) throw refused(refusal, namespace, context)
    passed.add(refusal.pod)
  }
}

interface Refusal {
  readonly pod: string
  readonly message: string
  readonly cause: string
  readonly fix: string
}

async function nextRefusal(
  {namespace, names}: {readonly namespace: string; readonly names: readonly string[]},
  context: WaitContext,
): Promise<Refusal> {
  const events = {apiVersion: 'v1', kind: 'Event', namespace, fieldSelector: 'reason=FailedCreatePodSandBox'}
  const found: {refusal?: Refusal} = {}
  const kubernetes = await context.kubernetes()
  await kubernetes.watch(
    events,
    (objects) => {
      const refusal = objects.flatMap((object) => refusalIn(object, names))[0]
      if (refusal) found.refusal = refusal
      return refusal !== undefined
    },
    context.signal,
  )
  if (!found.refusal) throw new Error('a watch ended that nobody ended')
  return found.refusal
}

function refusalIn(object: KubernetesObject, names: readonly string[]): readonly Refusal[] {
  const {involvedObject, message = ''} = object as unknown as {
    readonly involvedObject?: {readonly name?: string}
    readonly message?: string
  }
  const pod = involvedObject?.name ?? ''
  const why = names.includes(pod) && !mayPass.test(message) ? explainAttachFailure(message) : undefined
  return why ? [{pod, message, ...why}] : []
}

function refused({pod, message, cause, fix}: Refusal, namespace: string, {context}: WaitContext): Problem {
  return new Problem('pod-failed', {
    message: `Pod ${namespace}/${pod} does not get its network: ${cause}`,
    cause: message,
    suggestions: [fix, `kubectl --context ${context} -n ${namespace} describe pod ${pod}`],
  })
}
