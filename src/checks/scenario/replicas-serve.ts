import type {Json} from '../../steps/object.ts'
import type {Judge} from '../check.ts'
import {listAt, textAt} from '../json-path.ts'
import {networkStatusOf} from '../network-status.ts'
import {couldNotLook, jsonOf, textOf} from '../seen.ts'
import {namePath} from './serves.ts'

export type ReplicasSubject = {
  readonly namespace: string
  /** Value of `app.kubernetes.io/name` on the replicas. */
  readonly app: string
  readonly replicas: number
  /** `namespace/name` of the shared network. */
  readonly network: string
  /** The pod that asks, and the interface that it asks over. */
  readonly client: string
  readonly interface: string
  /** All that the network can hand out: each is asked, for nobody knows beforehand which ones it does. */
  readonly addresses: readonly string[]
  readonly port: number
}

/** Every replica has an address of its own on the shared network, on more than one node, and answers there. */
export const replicasServe: Judge<ReplicasSubject> = {
  title: 'Replicas serve',
  settleSeconds: 5,
  label: ({namespace, app, replicas}) => `${namespace}/${app}, ${replicas} replicas`,
  probes: ({namespace, app, client, interface: name, addresses, port}) => ({
    pods: {
      type: 'api',
      path: `/api/v1/namespaces/${namespace}/pods?labelSelector=app.kubernetes.io%2Fname%3D${app}`,
    },
    answers: {type: 'pod', namespace, pod: client, argv: ['sh', '-c', askAll(name, addresses, port)]},
  }),
  judge(evidence, {app, replicas, network, client}) {
    const pods = jsonOf(evidence, 'pods')
    if ('missing' in pods) return couldNotLook(`the pods of ${app}`, pods)
    const answers = textOf(evidence, 'answers')
    if ('missing' in answers) return couldNotLook(`what ${client} is answered`, answers)
    const found = listAt(pods.value, 'items').filter(
      (pod) => textAt(pod, 'metadata', 'deletionTimestamp') === undefined,
    )
    const all = found.map((pod) => replicaOf(pod, network))
    const lines = new Set(answers.value.trim().split('\n'))
    const silent = all.filter(({name, address}) => !lines.has(`${address} ${name}`))
    const faults = [
      ...(all.length === replicas ? [] : [`there are ${all.length} replicas instead of ${replicas}`]),
      ...(new Set(all.map(({address}) => address)).size === all.length ? [] : ['two replicas have one address']),
      ...(new Set(all.map(({node}) => node)).size > 1 ? [] : ['all replicas are on one node']),
      ...silent.map(({name, address}) => `${name} does not answer at ${address || 'any address'}`),
    ]
    const evident = all.map(({name, address, node}) => `${name} ${address || 'without address'} on ${node}`)
    if (faults.length > 0)
      return {status: 'fail', summary: faults.join('; '), evidence: [...evident, ...lines].filter(Boolean)}
    return {status: 'pass', summary: all.map(({address, node}) => `${address} on ${node}`).join(', ')}
  },
}

function replicaOf(
  pod: Json,
  network: string,
): {readonly name: string; readonly node: string; readonly address: string} {
  const entry = networkStatusOf(pod)?.find(({name}) => name === network)
  return {
    name: textAt(pod, 'metadata', 'name') ?? '',
    node: textAt(pod, 'spec', 'nodeName') ?? '',
    address: entry?.ips[0] ?? '',
  }
}

/** For the pod's shell, in which all are asked at once: prints `ADDRESS NAME` for each that answers. */
function askAll(name: string, addresses: readonly string[], port: number): string {
  const ask = `answer=$(curl --silent --max-time 2 --interface ${name} "http://$address:${port}${namePath}")`
  return `for address in ${addresses.join(' ')}; do (${ask} && echo "$address $answer") & done; wait`
}
