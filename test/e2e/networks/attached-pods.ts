import {kubectl} from '../support/cluster.ts'
import {docker, ran} from '../support/engine.ts'
import type {Stage} from '../support/stage.ts'

/** A pod with network tools, on a node, and what it asks for. */
export interface Wanted {
  readonly name: string
  readonly node: string
  readonly networks: readonly {readonly name: string; readonly ips?: readonly string[]}[]
}

/** One interface, by the kernel's own account. */
export interface Inside {
  readonly mtu: number
  /** `address/prefix`, link-local ones left out. */
  readonly addresses: readonly string[]
}

/** Applies objects with the kubectl of the control plane. Throws when it refuses them. */
export async function apply({nodes}: Stage, objects: readonly object[]): Promise<void> {
  const argv = [
    'docker',
    'exec',
    '-i',
    nodes.controlPlane,
    'kubectl',
    '--kubeconfig=/etc/kubernetes/admin.conf',
  ] as const
  const stdin = objects.map((object) => JSON.stringify(object)).join('\n---\n')
  const {exitCode, stderr} = await ran([...argv, 'apply', '-f', '-'], {stdin})
  if (exitCode !== 0) throw new Error(`kubectl apply: ${stderr}`)
}

/** The pods as objects: with an image that every node has, and gone at once when deleted. */
export async function podObjects(stage: Stage, namespace: string, pods: readonly Wanted[]): Promise<readonly object[]> {
  const image = await probeImage(stage)
  return pods.map(({name, node, networks}) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {name, namespace, annotations: {'k8s.v1.cni.cncf.io/networks': JSON.stringify(networks)}},
    spec: {
      nodeName: node,
      terminationGracePeriodSeconds: 0,
      tolerations: [{operator: 'Exists'}],
      containers: [{name: 'probe', image, command: ['sleep', '3600']}],
    },
  }))
}

/** Starts pods and waits until all are Ready. */
export async function startPods(stage: Stage, namespace: string, pods: readonly Wanted[]): Promise<void> {
  await apply(stage, await podObjects(stage, namespace, pods))
  const names = pods.map(({name}) => `pod/${name}`)
  await kubectl(stage.cluster, ['-n', namespace, 'wait', '--for=condition=Ready', '--timeout=90s', ...names], 100)
}

/** A program in a pod. Throws when it fails. */
export function inPod(
  {cluster}: Stage,
  {namespace, pod}: {readonly namespace: string; readonly pod: string},
  ...argv: readonly string[]
): Promise<string> {
  return kubectl(cluster, ['-n', namespace, 'exec', pod, '--', ...argv])
}

/** An interface of a pod. */
export async function inside(
  stage: Stage,
  pod: {readonly namespace: string; readonly pod: string},
  nic: string,
): Promise<Inside> {
  const [link] = JSON.parse(await inPod(stage, pod, 'ip', '-j', 'addr', 'show', 'dev', nic)) as readonly Link[]
  if (!link) throw new Error(`${pod.pod} has no ${nic}`)
  const addresses = link.addr_info.filter(({scope}) => scope === 'global')
  return {mtu: link.mtu, addresses: addresses.map(({local, prefixlen}) => `${local}/${prefixlen}`)}
}

/** The first address, without its prefix. */
export function hostOf({addresses}: Inside): string {
  return addresses[0]?.split('/')[0] ?? ''
}

/** How many of three pings come back, bound to the interface. */
export async function pinged(
  {cluster}: Stage,
  {namespace, pod, nic}: {readonly namespace: string; readonly pod: string; readonly nic: string},
  address: string,
): Promise<number> {
  const ping = `ping -I ${nic} -c 3 -i 0.2 -W 2 ${address} || true`
  const said = await kubectl(cluster, ['-n', namespace, 'exec', pod, '--', 'sh', '-c', ping])
  return Number(/(\d+) (?:packets )?received/.exec(said)?.[1] ?? 0)
}

/** The address that Multus reports of a network, by pod. */
export async function reported(
  {cluster}: Stage,
  namespace: string,
  network: string,
): Promise<Readonly<Record<string, string>>> {
  const {items} = JSON.parse(await kubectl(cluster, ['-n', namespace, 'get', 'pods', '-o', 'json'])) as {
    readonly items: readonly {
      readonly metadata: {readonly name: string; readonly annotations?: Readonly<Record<string, string>>}
    }[]
  }
  return Object.fromEntries(
    items.flatMap(({metadata: {name, annotations}}) => {
      const text = annotations?.['k8s.v1.cni.cncf.io/network-status'] ?? '[]'
      const status = JSON.parse(text) as readonly {readonly name: string; readonly ips?: readonly string[]}[]
      const ip = status.find((one) => one.name === `${namespace}/${network}`)?.ips?.[0]
      return ip === undefined ? [] : [[name, ip]]
    }),
  )
}

/** The image with network tools, under the name that nodes know it by. */
/** The image that pods with network tools are made of, by the name that the nodes have it under. */
export async function probeImage({nodes}: Stage): Promise<string> {
  const images = await docker('exec', nodes.workers[0], 'ctr', '--namespace', 'k8s.io', 'images', 'list', '--quiet')
  const found = images.split('\n').find((image) => /\/(?:probe|agnhost):/.test(image))
  if (found === undefined) throw new Error('no node has the image with network tools')
  return found
}

interface Link {
  readonly mtu: number
  readonly addr_info: readonly {readonly local: string; readonly prefixlen: number; readonly scope: string}[]
}
