import {kubectl} from './cluster.ts'
import {ran} from './engine.ts'

/** One interface of a pod by the kernel's own account: addresses with prefix length, IPv4 only, and the routes by it. */
export interface PodInterface {
  readonly name: string
  readonly addresses: readonly string[]
  readonly mac: string
  readonly mtu: number
  readonly routes: readonly string[]
}

/** All interfaces of a pod but `lo`, in the order of the kernel. */
export async function interfacesOf(
  cluster: string,
  pod: {readonly namespace: string; readonly name: string},
): Promise<readonly PodInterface[]> {
  const ip = async (...words: readonly string[]): Promise<unknown> =>
    JSON.parse(
      (await kubectl(cluster, ['exec', '-n', pod.namespace, pod.name, '--', 'ip', '-j', '-4', ...words])) || '[]',
    )
  const [links, routes] = (await Promise.all([ip('addr'), ip('route')])) as [readonly Link[], readonly Route[]]
  const all = (await ip('link')) as readonly Link[]
  return all
    .filter(({ifname}) => ifname !== 'lo')
    .map(({ifname, address, mtu}) => ({
      name: ifname,
      mac: address,
      mtu,
      addresses: (links.find((one) => one.ifname === ifname)?.addr_info ?? []).map(
        (one) => `${one.local}/${one.prefixlen}`,
      ),
      routes: routes
        .filter(({dev}) => dev === ifname)
        .map(({dst, gateway}) => (gateway === undefined ? dst : `${dst} via ${gateway}`)),
    }))
}

/** Applies a manifest with the node's own kubectl. Throws when it fails. */
export async function applyManifest(cluster: string, objects: readonly object[]): Promise<void> {
  const list = JSON.stringify({apiVersion: 'v1', kind: 'List', items: objects})
  const argv = ['kubectl', '--kubeconfig=/etc/kubernetes/admin.conf', 'apply', '-f', '-'] as const
  const {exitCode, stderr} = await ran(['docker', 'exec', '-i', `${cluster}-control-plane`, ...argv], {stdin: list})
  if (exitCode !== 0) throw new Error(`kubectl apply on ${cluster}: ${stderr}`)
}

/** Names of the pods that a label selects, those that are going left out. */
export async function podsWith(cluster: string, namespace: string, label: string): Promise<readonly string[]> {
  const text = await kubectl(cluster, ['get', 'pods', '-n', namespace, '-l', label, '-o', 'json'])
  const {items} = JSON.parse(text) as {
    readonly items: readonly {readonly metadata: {readonly name: string; readonly deletionTimestamp?: string}}[]
  }
  return items.filter(({metadata}) => metadata.deletionTimestamp === undefined).map(({metadata}) => metadata.name)
}

interface Link {
  readonly ifname: string
  readonly address: string
  readonly mtu: number
  readonly addr_info?: readonly {readonly local: string; readonly prefixlen: number}[]
}

interface Route {
  readonly dst: string
  readonly dev: string
  readonly gateway?: string
}
