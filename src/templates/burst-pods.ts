import type {KubernetesObject} from '../steps/object.ts'
import {managedBy, runLabel} from './labels.ts'
import {probePodSpec} from './probe-pod-spec.ts'

/** Pods that start at once; five were enough to have Multus killed at 50Mi (seen, with Calico). */
export const burstSize = 6

/** As a label selector in an address. */
export const burstSelector = 'app.kubernetes.io%2Fcomponent%3Dburst'

/** Pods without networks of their own, all on one node: every pod goes through Multus. */
export function burstPods({
  namespace,
  runId,
  image,
  node,
}: {
  readonly namespace: string
  readonly runId: string
  readonly image: string
  readonly node: string
}): readonly KubernetesObject[] {
  return Array.from({length: burstSize}, (_, place) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `burst-${place + 1}`,
      namespace,
      labels: {...managedBy, [runLabel]: runId, 'app.kubernetes.io/component': 'burst'},
    },
    spec: probePodSpec({image, node}),
  }))
}
