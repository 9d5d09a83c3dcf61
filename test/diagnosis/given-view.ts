import type {ClusterView} from '../../src/diagnosis/collector.ts'
import type {Json} from '../../src/steps/object.ts'

export interface GivenPod {
  readonly namespace?: string
  readonly annotations?: Readonly<Record<string, string>>
  /** Of its one container. */
  readonly restarts?: number
  readonly owner?: string
  readonly phase?: string
}

export function givenPod(name: string, given: GivenPod = {}): Json {
  const {namespace = 'default', annotations = {}, restarts = 0, owner, phase = 'Running'} = given
  return {
    metadata: {name, namespace, annotations, ...(owner === undefined ? {} : {ownerReferences: [{kind: owner}]})},
    spec: {nodeName: 'demo-worker'},
    status: {phase, containerStatuses: [{name: 'main', restartCount: restarts}]},
  }
}

export const attached = {'k8s.v1.cni.cncf.io/networks': 'data'}

/** One node that can be looked at, Multus that was restarted there, a pod with a network and one without. */
export const givenView: ClusterView = {
  cluster: 'demo',
  nodes: [{name: 'demo-worker'}],
  pods: [
    givenPod('kube-multus-ds-x', {namespace: 'kube-system', owner: 'DaemonSet', restarts: 2}),
    givenPod('web', {annotations: attached}),
    givenPod('plain'),
  ],
}
