import type {Clock} from '../../../src/drivers/ports.ts'
import {makeRealDrivers} from '../../../src/drivers/real-drivers.ts'
import type {KubernetesObject} from '../../../src/steps/object.ts'
import {startFakeApi, type FakeApi} from '../../support/fake-api/server.ts'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {type Ran, runCommand} from './run-command.ts'

/** A cluster that is nothing but its API: Multus, the networks `data` (host-local) and `lan` (whereabouts), one node. No container engine. */
export interface FakeCluster {
  readonly api: FakeApi
  add(object: KubernetesObject): void
  object(path: string): Readonly<Record<string, unknown>> | undefined
  /** Runs a command of ours on it. */
  run(
    Command: unknown,
    argv: readonly string[],
    options?: {
      readonly id?: string
      readonly context?: string
      readonly kubeconfig?: string
      readonly env?: Readonly<Record<string, string>>
      readonly clock?: Clock
    },
  ): Promise<Ran>
  /** As a run of ours that goes on holds it; returns what ends it. */
  lock(): Promise<() => Promise<void>>
  stop(): Promise<void>
}

export async function startFakeCluster(): Promise<FakeCluster> {
  const api = await startFakeApi()
  api.kinds['k8s.cni.cncf.io/v1'] = {'network-attachment-definitions': 'NetworkAttachmentDefinition'}
  const home = mkdtempSync(join(tmpdir(), 'k8s-local-fake-cluster-'))
  const environment = {
    HOME: home,
    PATH: '/nowhere',
    XDG_STATE_HOME: home,
    XDG_CACHE_HOME: home,
    KUBECONFIG: api.kubeconfig,
  }
  const add = (object: KubernetesObject) => void api.store.apply(pathOf(object), object)
  for (const object of basics()) add(object)
  settleWorkloads(api)
  return {
    api,
    add,
    object: (path) => api.store.get(path),
    run: (Command, argv, {id, env, clock, context = 'kind-fake', kubeconfig = api.kubeconfig} = {}) =>
      runCommand(Command, ['--context', context, '--kubeconfig', kubeconfig, ...argv], {
        drivers: {...makeRealDrivers({environment}), ...(clock && {clock})},
        ...(id !== undefined && {id}),
        ...(env && {env}),
      }),
    lock: () => makeRealDrivers({environment}).journal.lock('fake'),
    stop: async () => {
      await api.stop()
      rmSync(home, {recursive: true, force: true})
    },
  }
}

/** A pod that runs, with the interfaces that Multus has reported. */
export function runningPod(
  name: string,
  {networks, status}: {readonly networks: string; readonly status: readonly object[]},
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'default',
      annotations: {
        'k8s.v1.cni.cncf.io/networks': networks,
        'k8s.v1.cni.cncf.io/network-status': JSON.stringify(status),
      },
    },
    spec: {nodeName: 'fake-worker', containers: [{name: 'one', image: 'busybox'}]},
    status: {phase: 'Running', conditions: [{type: 'Ready', status: 'True'}]},
  }
}

export const eth0 = {name: 'cilium', interface: 'eth0', ips: ['10.244.1.7'], default: true, mtu: 1500}
export const net1 = {name: 'default/data', interface: 'net1', ips: ['10.20.0.10'], mac: '02:00:5e:10:00:01', mtu: 1500}

function basics(): readonly KubernetesObject[] {
  const range = {subnet: '10.20.0.0/24', rangeStart: '10.20.0.10', rangeEnd: '10.20.0.99'}
  const network = (name: string, config: object): KubernetesObject => ({
    apiVersion: 'k8s.cni.cncf.io/v1',
    kind: 'NetworkAttachmentDefinition',
    metadata: {name, namespace: 'default'},
    spec: {config: JSON.stringify(config)},
  })
  return [
    {apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'default'}},
    {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {name: 'fake-worker'},
      status: {conditions: [{type: 'Ready', status: 'True'}]},
    },
    {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: {name: 'kube-multus-ds', namespace: 'kube-system'},
      spec: {template: {spec: {containers: [{name: 'kube-multus', command: ['/thin_entrypoint']}]}}},
    },
    network('data', {
      type: 'macvlan',
      master: 'eth1',
      capabilities: {ips: true},
      ipam: {type: 'host-local', ranges: [[range]]},
    }),
    network('lan', {type: 'macvlan', master: 'eth2', ipam: {type: 'whereabouts', range: '10.21.0.0/24'}}),
  ]
}

/** As the controllers would: what is changed is rolled out at once. */
function settleWorkloads({store}: FakeApi): void {
  store.subscribe(({object}) => {
    const {replicas} = (object['spec'] ?? {}) as {readonly replicas?: number}
    const {updatedReplicas} = (object['status'] ?? {}) as {readonly updatedReplicas?: number}
    if (!['Deployment', 'StatefulSet'].includes(object.kind) || updatedReplicas === replicas) return
    const status = {replicas, updatedReplicas: replicas, availableReplicas: replicas}
    queueMicrotask(() => store.apply(pathOf(object), {...object, status}))
  })
}

function pathOf({apiVersion, kind, metadata: {name, namespace}}: KubernetesObject): string {
  const plural = kind === 'NetworkAttachmentDefinition' ? 'network-attachment-definitions' : `${kind.toLowerCase()}s`
  const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
  return `${group}${namespace === undefined ? '' : `/namespaces/${namespace}`}/${plural}/${name}`
}
