import type {KubernetesObject} from '../../steps/object.ts'
import type {Stage} from '../check.ts'
import {ownNetwork, ownNetworkName} from '../own-network.ts'
import {ownJob, type OwnPod, ownPod, podTemplate} from '../own-pod.ts'
import {interfaceOf} from './attached-pod.ts'

/** Every kind, and what it is called in a report. */
export const workloadKindNames = {
  deployment: 'a Deployment',
  'stateful-set': 'a StatefulSet',
  job: 'a Job',
  sidecar: 'a pod with init container and sidecar',
  'host-network': 'a pod with hostNetwork',
} as const

export type WorkloadKind = keyof typeof workloadKindNames

/** On the pods of the workloads: the kind that they show. */
export const kindLabel = 'k8s-local.dev/shows'

/** The name of the network that they ask for. */
export const kindsNetwork = 'kinds'

/** One workload of each kind, all asking for the same network. The containers that end look for its interface from inside. */
export function workloads(node: string, stage: Stage): readonly KubernetesObject[] {
  const look = ['ip', '-o', 'link', 'show', 'dev', interfaceOf(0)]
  const kind = (name: WorkloadKind, more: Partial<OwnPod> = {}): OwnPod => ({
    name: `shows-${name}`,
    node,
    asks: [{network: ownNetworkName(kindsNetwork)}],
    labels: {[kindLabel]: name},
    ...more,
  })
  const container = {image: stage.image, imagePullPolicy: 'IfNotPresent'}
  const initContainers = [
    {...container, name: 'look', command: look},
    // Started before the main container, and kept beside it (Kubernetes 1.29 and later).
    {...container, name: 'sidecar', restartPolicy: 'Always'},
  ]
  return [
    ownNetwork({name: kindsNetwork, range: ['198.18.3.10', '198.18.3.99']}, stage),
    replicated('Deployment', kind('deployment'), stage),
    replicated('StatefulSet', kind('stateful-set'), stage),
    ownJob(kind('job', {command: look}), {pods: 1}, stage),
    ownPod(kind('sidecar', {spec: {initContainers}}), stage),
    ownPod(kind('host-network', {spec: {hostNetwork: true}}), stage),
  ]
}

function replicated(kind: 'Deployment' | 'StatefulSet', pod: OwnPod, stage: Stage): KubernetesObject {
  const template = podTemplate(pod, stage)
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: {name: pod.name, namespace: stage.namespace, labels: template.metadata.labels},
    spec: {
      replicas: 1,
      selector: {matchLabels: pod.labels},
      ...(kind === 'StatefulSet' && {serviceName: pod.name}),
      template,
    },
  }
}
