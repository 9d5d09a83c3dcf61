import {clock} from '../../../src/drivers/clock.ts'
import type {KubernetesDriver} from '../../../src/drivers/ports.ts'
import {withDeadline} from '../../../src/run/deadline.ts'
import {inParallel} from '../../../src/run/in-parallel.ts'
import {networkStatus} from '../../../src/run/network-status.ts'
import {conditionOf, isTrue} from '../../../src/run/readiness/conditions.ts'
import type {KubernetesObject} from '../../../src/steps/object.ts'

export interface PodsWish {
  readonly count: number
  /** In turn, past the scheduler: each gets its share, and the scheduler is not what is measured. */
  readonly nodes: readonly string[]
  /** Is on the nodes already. */
  readonly image: string
  /** In the namespace of the pods; absent: the primary network alone. */
  readonly network?: string
}

export interface Started {
  /** From the first object sent until the last pod was ready; undefined where that did not come about in time. */
  readonly seconds?: number
  /** What was last seen. */
  readonly seen: string
}

const namespace = 'default'
const deadlineSeconds = 600
/** Requests at once: fewer would measure how fast objects are sent. */
const senders = 10

/** Makes pods and waits until each is Ready and, where it asks for a network, its status lists net1 with an address. Throws what the API throws. */
export async function startPods(client: KubernetesDriver, wish: PodsWish, signal: AbortSignal): Promise<Started> {
  const done = new Set<string>()
  const words = () => `${done.size} of ${wish.count} were ready`
  const started = performance.now()
  const end = await withDeadline(clock, deadlineSeconds, signal, async (until) => {
    const places = Array.from({length: wish.count}, (_, place) => place)
    await inParallel(places, (place) => client.apply(podOf(place, wish), {signal: until}), senders)
    await client.watch({apiVersion: 'v1', kind: 'Pod', namespace}, (all) => noteReady(all, done, wish), until)
  })
  return {...(end.inTime && {seconds: (performance.now() - started) / 1000}), seen: words()}
}

/** Removes them and waits until they are gone: until the runtime has taken their sandboxes down and given their addresses back. Throws Error at the deadline. */
export async function removePods(client: KubernetesDriver, signal: AbortSignal): Promise<void> {
  const kind = {apiVersion: 'v1', kind: 'Pod', namespace} as const
  let left = 0
  const end = await withDeadline(clock, deadlineSeconds, signal, async (until) => {
    const all = await client.list(kind, until)
    await inParallel(all, ({metadata: {name}}) => client.delete({...kind, name}, {signal: until}), senders)
    const isEmpty = (there: readonly KubernetesObject[]): boolean => (left = there.length) === 0
    await client.watch(kind, isEmpty, until)
  })
  if (!end.inTime) throw new Error(`${left} pods were still there after ${deadlineSeconds} s`)
}

/** A pod that was ready once is not looked at again: with each event comes the whole list. */
function noteReady(all: readonly KubernetesObject[], done: Set<string>, {count, network}: PodsWish): boolean {
  for (const pod of all) {
    const {name} = pod.metadata
    if (!done.has(name) && isReady(pod, network)) done.add(name)
  }
  return done.size === count
}

function isReady(pod: KubernetesObject, network: string | undefined): boolean {
  if (!isTrue(conditionOf(pod, 'Ready'))) return false
  if (network === undefined) return true
  return networkStatus(pod).some((one) => one.interface === 'net1' && (one.ips ?? []).length > 0)
}

/** Asks for no CPU: the kubelet would refuse what its node has none left for. */
function podOf(place: number, {nodes, image, network}: PodsWish): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `bench-${place}`,
      namespace,
      ...(network !== undefined && {annotations: {'k8s.v1.cni.cncf.io/networks': network}}),
    },
    spec: {
      nodeName: nodes[place % nodes.length],
      tolerations: [{operator: 'Exists'}],
      // Not 0: the API would forget the pod before its sandbox is gone, and the next ones would start beside the end of these.
      terminationGracePeriodSeconds: 1,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      containers: [{name: 'probe', image, imagePullPolicy: 'IfNotPresent'}],
    },
  }
}
