import type {KubernetesObject} from '../../steps/object.ts'
import {managedBy, runLabel} from '../../templates/labels.ts'
import {probePodSpec} from '../../templates/probe-pod-spec.ts'
import {annotationsFor} from '../../templates/probe-pods.ts'
import type {Stage} from '../check.ts'

/** What pods of the churn are called, and found by. */
export const churn = 'churn'

/** The exit code of a pod that looked for its interfaces and lacked one. */
export const lacksInterface = 42

/** Pods that run at the same time: enough that one starts at every moment, few enough for two cores. */
const atOnce = 4

/** A Job whose pods start one after another, look for their interfaces themselves, and end. It goes on until it is suspended. */
export function churnJob(networks: readonly string[], {namespace, runId, image}: Stage): KubernetesObject {
  const labels = {...managedBy, [runLabel]: runId, 'app.kubernetes.io/component': churn}
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {name: churn, namespace, labels},
    spec: {
      parallelism: atOnce,
      completions: 1000,
      backoffLimit: 1000,
      activeDeadlineSeconds: 300,
      template: {
        metadata: {labels, ...annotationsFor(networks)},
        spec: {
          ...probePodSpec({image, command: ['sh', '-c', lookFor(networks.length)]}),
          restartPolicy: 'Never',
        },
      },
    },
  }
}

/** For the pod's own shell. What it has is its log. */
function lookFor(count: number): string {
  const names = Array.from({length: count}, (_, index) => `net${index + 1}`)
  return `ls /sys/class/net; for nic in ${names.join(' ')}; do [ -e /sys/class/net/$nic ] || exit ${lacksInterface}; done`
}
