import {ran} from './engine.ts'

/** What one interface of a pod is, seen from inside the pod. */
export interface Nic {
  readonly name: string
  /** The first IPv4 address, without prefix length. */
  readonly address: string
  readonly mac: string
  readonly mtu: number
}

/** What `ping` counted. */
export interface Pinged {
  readonly sent: number
  readonly received: number
  readonly averageMs: number
  /** ping's own two last lines. */
  readonly text: string
}

/** kubectl of the control-plane node, as administrator: needs no kubectl on this machine and none of the product's code. Throws when it fails. */
export async function kubectl(cluster: string, argv: readonly string[], timeoutSeconds = 60): Promise<string> {
  const {exitCode, stdout, stderr} = await tryKubectl(cluster, argv, timeoutSeconds)
  if (exitCode !== 0) throw new Error(`kubectl ${argv.join(' ')} on ${cluster}: exit ${exitCode}\n${stderr}${stdout}`)
  return stdout.trimEnd()
}

/** A program in a pod of namespace default. Throws when it fails. */
export function inPod(cluster: string, pod: string, argv: readonly string[], timeoutSeconds?: number): Promise<string> {
  return kubectl(cluster, ['exec', pod, '--', ...argv], timeoutSeconds)
}

/** The interface of a pod, by the kernel's own account. */
export async function nicOf(cluster: string, pod: string, name: string): Promise<Nic> {
  const links = JSON.parse(await inPod(cluster, pod, ['ip', '-j', 'addr', 'show', 'dev', name])) as readonly Link[]
  const link = links.find((one) => one.ifname === name)
  const address = link?.addr_info.find(({family}) => family === 'inet')?.local
  if (link === undefined || address === undefined)
    throw new Error(`${pod} has no IPv4 address on ${name}: ${JSON.stringify(links)}`)
  return {name, address, mac: link.address, mtu: link.mtu}
}

/** Pings from a pod, bound to one of its interfaces. Throws when ping prints no statistics; lost packets are figures. */
export async function ping(cluster: string, pod: string, nic: string, address: string, count = 5): Promise<Pinged> {
  const argv = ['exec', pod, '--', 'ping', '-I', nic, '-c', String(count), '-i', '0.2', '-W', '2', address]
  const {stdout, stderr} = await tryKubectl(cluster, argv, 30 + count * 2)
  const [, sent, received] = /(\d+) packets transmitted, (\d+) (?:packets )?received/.exec(stdout) ?? []
  if (sent === undefined)
    throw new Error(`ping from ${pod} to ${address} over ${nic} says nothing:\n${stderr}${stdout}`)
  const average = /= [\d.]+\/([\d.]+)\//.exec(stdout)?.[1]
  const text = stdout.trimEnd().split('\n').slice(-2).join('; ')
  return {sent: Number(sent), received: Number(received), averageMs: Number(average ?? Number.NaN), text}
}

/** The node that a pod runs on. */
export function nodeOf(cluster: string, pod: string): Promise<string> {
  return kubectl(cluster, ['get', 'pod', pod, '-o', 'jsonpath={.spec.nodeName}'])
}

/** InternalIP of every node, by the API. */
export async function internalAddresses(cluster: string): Promise<Readonly<Record<string, string>>> {
  const path = '{range .items[*]}{.metadata.name} {.status.addresses[?(@.type=="InternalIP")].address}{"\\n"}{end}'
  const text = await kubectl(cluster, ['get', 'nodes', '-o', `jsonpath=${path}`])
  return Object.fromEntries(
    text
      .trim()
      .split('\n')
      .map((line) => line.split(' ') as [string, string]),
  )
}

/** Runs `look` until it does not throw. Throws the last error when the time is over. */
export async function eventually<T>(what: string, timeoutSeconds: number, look: () => Promise<T>): Promise<T> {
  const end = Date.now() + timeoutSeconds * 1000
  for (;;) {
    try {
      return await look()
    } catch (error) {
      if (Date.now() > end) throw new Error(`not within ${timeoutSeconds} s: ${what}`, {cause: error})
      await new Promise((resolve) => setTimeout(resolve, 1000))
    }
  }
}

interface Link {
  readonly ifname: string
  readonly address: string
  readonly mtu: number
  readonly addr_info: readonly {readonly family: string; readonly local: string}[]
}

function tryKubectl(cluster: string, argv: readonly string[], timeoutSeconds: number): ReturnType<typeof ran> {
  const kubeconfig = '--kubeconfig=/etc/kubernetes/admin.conf'
  return ran(['docker', 'exec', `${cluster}-control-plane`, 'kubectl', kubeconfig, ...argv], {timeoutSeconds})
}
