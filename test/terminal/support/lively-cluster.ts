import Verify from '../../../src/commands/verify.ts'
import type {Clock} from '../../../src/drivers/ports.ts'
import type {CheckResult} from '../../../src/steps/check-request.ts'
import type {KubernetesObject} from '../../../src/steps/object.ts'
import {eth0, type FakeCluster, net1, startFakeCluster} from './fake-cluster.ts'

export interface Outcome {
  readonly status: string
  readonly checks: readonly CheckResult[]
  readonly error?: {readonly code: string; readonly message: string; readonly suggestions: readonly string[]}
}

/** A cluster in which pods start, programs in them print their argv, Jobs complete, Multus and Cilium are rolled out and restart, and there is a namespace `mine`. */
export async function startLivelyCluster(): Promise<FakeCluster> {
  const cluster = await startFakeCluster()
  cluster.add({apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'mine'}})
  for (const agent of agents) {
    cluster.add(rolledOut(agent))
    cluster.add(agentPod(agent, `${agent.name}-x`))
  }
  cluster.api.onExec = ({command}) => ({stdout: command.join(' ')})
  startPods(cluster)
  replaceAgents(cluster)
  completeJobs(cluster)
  return cluster
}

export async function verify(cluster: FakeCluster, argv: readonly string[], clock?: Clock): Promise<Outcome> {
  const {stdout} = await cluster.run(Verify, [...argv, '--json'], {id: 'verify', ...(clock && {clock})})
  return JSON.parse(stdout) as Outcome
}

export async function rightsOf(cluster: FakeCluster, argv: readonly string[]): Promise<readonly KubernetesObject[]> {
  const {stdout} = await cluster.run(Verify, [...argv, '--rbac', '--json'], {id: 'verify'})
  return (JSON.parse(stdout) as {readonly items: readonly KubernetesObject[]}).items
}

interface Rule {
  readonly apiGroups: readonly string[]
  readonly resources: readonly string[]
  readonly verbs: readonly string[]
}

export function rulesOf(object: KubernetesObject): readonly Rule[] {
  return (object['rules'] ?? []) as readonly Rule[]
}

export function grantsOf(objects: readonly KubernetesObject[]): readonly string[] {
  return objects
    .flatMap(rulesOf)
    .flatMap(({apiGroups, resources, verbs}) =>
      verbs.flatMap((verb) => resources.map((resource) => `${verb} ${apiGroups[0]}/${resource}`)),
    )
}

interface Agent {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly container: string
}

const agents: readonly Agent[] = [
  {name: 'kube-multus-ds', labels: {app: 'multus'}, container: 'kube-multus'},
  {name: 'cilium', labels: {'k8s-app': 'cilium'}, container: 'cilium-agent'},
]

function agentPod({labels, container}: Agent, name: string): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {name, namespace: 'kube-system', labels, uid: name},
    spec: {nodeName: 'fake-worker'},
    status: {
      phase: 'Running',
      conditions: [{type: 'Ready', status: 'True'}],
      containerStatuses: [{name: container, ready: true, restartCount: 0}],
    },
  }
}

function rolledOut({name, labels}: Agent): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: {name, namespace: 'kube-system'},
    spec: {selector: {matchLabels: labels}},
    status: {desiredNumberScheduled: 1, updatedNumberScheduled: 1, numberAvailable: 1},
  }
}

/** As kubelet and Multus would, once somebody watches. */
function startPods({api: {store, faults}}: FakeCluster): void {
  const start = () => {
    for (const {status, metadata} of store.list('/api/v1/pods'))
      if (status === undefined)
        store.apply(`/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}`, {
          metadata: {annotations: {'k8s.v1.cni.cncf.io/network-status': JSON.stringify([eth0, net1])}},
          status: {phase: 'Running', conditions: [{type: 'Ready', status: 'True'}]},
        })
  }
  faults.push(({path, query}) => {
    if (path.endsWith('/pods') && query['watch'] === 'true') setTimeout(start, 50)
    return false
  })
}

/** As the controller of DaemonSets would. */
function replaceAgents({api, add}: FakeCluster): void {
  api.store.subscribe(({type, object: {metadata}}) => {
    const agent = agents.find(({name}) => metadata.name.startsWith(`${name}-`))
    if (type === 'DELETED' && agent) add(agentPod(agent, `${metadata.name}x`))
  })
}

/** As the controller of Jobs would, in which every pod ends well at once. */
function completeJobs({api: {store}}: FakeCluster): void {
  store.subscribe(({object: {kind, metadata, spec, status}}) => {
    if (kind !== 'Job' || status !== undefined) return
    const {completions = 1} = spec as {readonly completions?: number}
    const path = `/apis/batch/v1/namespaces/${metadata.namespace}/jobs/${metadata.name}`
    queueMicrotask(() => store.apply(path, {status: {succeeded: completions}}))
  })
}
