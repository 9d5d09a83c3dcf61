import type {KubernetesDriver} from '../../drivers/ports.ts'
import type {TargetPod} from '../../plan/facts.ts'
import {Problem} from '../../problem.ts'
import {inParallel} from '../in-parallel.ts'

/** Pods that are looked into at once. */
const atOnce = 8
/** Seconds for one pod. */
const lookSeconds = 5

/**
 * The pods with the MTU of each interface, bytes. network-status carries it only where the plugin's result does, from CNI 1.1.0 on; else it is read
 * inside the pod. It stays unknown for pods without `cat` and for pods that do not run.
 */
export function readMtus(
  pods: readonly TargetPod[],
  {kubernetes, signal}: {readonly kubernetes: KubernetesDriver; readonly signal: AbortSignal},
): Promise<readonly TargetPod[]> {
  return inParallel(
    pods,
    async (pod) => {
      const unknown = pod.status.flatMap((one) => (one.interface && one.mtu === undefined ? [one.interface] : []))
      if (!pod.ready || pod.requested === '' || unknown.length === 0) return pod
      const argv = ['cat', ...unknown.map((name) => `/sys/class/net/${name}/mtu`)]
      const mtus = await kubernetes
        .exec({namespace: pod.namespace, name: pod.name}, argv, {signal, timeoutSeconds: lookSeconds})
        .then(({exitCode, stdout}) => (exitCode === 0 ? stdout.trim().split('\n').map(Number) : []))
        .catch((error: unknown) => {
          if (signal.aborted || !(error instanceof Problem)) throw error
          return []
        })
      return withMtus(pod, new Map(unknown.map((name, index) => [name, mtus[index]])))
    },
    atOnce,
  )
}

function withMtus(pod: TargetPod, mtus: ReadonlyMap<string, number | undefined>): TargetPod {
  const status = pod.status.map((one) => {
    const mtu = one.mtu ?? mtus.get(one.interface ?? '')
    return mtu === undefined ? one : {...one, mtu}
  })
  return {...pod, status}
}
