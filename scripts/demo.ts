/**
 * The main job, from a fresh clone: `npm run demo`. A verified cluster, a macvlan and a bridge network, pods on two nodes,
 * and pings over their second interfaces. The cluster stays; the last lines say how to use and how to delete it.
 */
import {artifactSource} from './world/artifact-source.ts'
import {must, run} from './world/shell-out.ts'

const cluster = 'demo'
const started = performance.now()

await must([process.execPath, '--import', 'tsx', 'scripts/build.ts', '--if-stale'])
const bundle = await artifactSource()
const env = bundle ? {K8S_LOCAL_BUNDLE: bundle} : {}

await k8sLocal('create', cluster, '--cni', 'cilium', '--workers', '2', '--network', 'data', '--verify', '--yes')
const here = ['--cluster', cluster, '--yes']
await k8sLocal('net', 'add', 'macvlan', 'storage', '--master', 'data', ...here)
await k8sLocal('net', 'add', 'bridge', 'local', ...here)
await k8sLocal(
  'pod',
  'add',
  'left',
  '--network',
  'storage@net1',
  '--network',
  'local@net2',
  '--node',
  `${cluster}-worker`,
  ...here,
)
await k8sLocal('pod', 'add', 'right', '--network', 'storage@net1', '--node', `${cluster}-worker2`, ...here)
await k8sLocal('pod', 'add', 'neighbour', '--network', 'local@net1', '--node', `${cluster}-worker`, ...here)
await k8sLocal('pod', 'list', '--cluster', cluster)
await ping({from: 'left', over: 'net1', to: 'right', at: 'net1', what: 'macvlan, between two nodes'})
await ping({from: 'right', over: 'net1', to: 'left', at: 'net1', what: 'macvlan, the way back'})
await ping({from: 'left', over: 'net2', to: 'neighbour', at: 'net1', what: 'bridge, on one node'})

console.log(`
The cluster ${cluster} is verified and yours, after ${Math.round((performance.now() - started) / 1000)} s.
  kubectl --context kind-${cluster} get pods -o wide
  node bin/run.js status ${cluster}
  node bin/run.js delete ${cluster} --yes`)

async function k8sLocal(...args: readonly string[]): Promise<void> {
  console.log(`\n$ k8s-local ${args.join(' ')}`)
  const {code, seconds} = await run([process.execPath, 'bin/run.js', ...args], {show: true, env})
  console.log(`(${seconds.toFixed(1)} s)`)
  if (code !== 0) process.exit(code)
}

interface Ping {
  readonly from: string
  readonly over: string
  readonly to: string
  readonly at: string
  readonly what: string
}

/** Shows a ping that is bound to an interface of the sender, by the kubectl inside the node: none is needed on the machine. */
async function ping({from, over, to, at, what}: Ping): Promise<void> {
  const address = await addressOf(to, at)
  console.log(`\n${what}: ${from} ${over} → ${to} ${at} (${address})`)
  await must([...kubectl(), 'exec', from, '--', 'ping', '-I', over, '-c', '3', '-W', '2', address], {show: true})
}

async function addressOf(pod: string, name: string): Promise<string> {
  const {stdout} = await must([...kubectl(), 'exec', pod, '--', 'ip', '-4', '-o', 'addr', 'show', 'dev', name])
  const address = /inet ([\d.]+)/.exec(stdout)?.[1]
  if (!address) throw new Error(`${pod} has no address on ${name}: ${stdout}`)
  return address
}

function kubectl(): readonly string[] {
  return ['docker', 'exec', `${cluster}-control-plane`, 'kubectl', '--kubeconfig', '/etc/kubernetes/admin.conf']
}
