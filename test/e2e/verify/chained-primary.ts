import {eventually, kubectl} from '../support/cluster.ts'
import {docker} from '../support/engine.ts'
import type {Stage} from '../support/stage.ts'
import {restarted} from './faults/on-node.ts'

const name = 'k8s-local-chain'

/** The folder that thick Multus is told of. */
export const chainFolder = `/etc/cni/net.d/${name}`

/** Thick Multus runs a folder of plugins after the primary CNI: on every node one `tuning`, which sets a sysctl of eth0 that is off in new pods. */
export async function chainOntoPrimary(stage: Stage): Promise<void> {
  const tuning = {name: 'tuning', type: 'tuning', sysctl: {'net.ipv4.conf.eth0.arp_filter': '1'}}
  for (const node of stage.nodes.all) await putChained(node, `${chainFolder}/10-tuning.conf`, JSON.stringify(tuning))
  await tell(stage, {auxiliaryCNIChainName: name})
}

/** Multus as it was. The folder goes first: from then on no pod is kept from starting by what is in it. */
export async function unchainPrimary(stage: Stage): Promise<void> {
  for (const node of stage.nodes.all) await docker('exec', node, 'rm', '-rf', chainFolder)
  await tell(stage, {})
}

/** A file below the node's /etc/cni/net.d, and its folder. */
export async function putChained(node: string, path: string, text: string): Promise<void> {
  await docker('exec', node, 'sh', '-c', 'mkdir -p "$(dirname "$0")" && printf "%s" "$1" > "$0"', path, text)
}

const configMap = ['-n', 'kube-system', 'configmap/multus-daemon-config'] as const
const key = 'daemon-config.json'

interface Told {
  readonly auxiliaryCNIChainName?: string
}

/** The daemon reads its configuration when it starts, and then writes the name into its file on the node. */
async function tell(stage: Stage, told: Told): Promise<void> {
  const {cluster, nodes} = stage
  const live = JSON.parse(await kubectl(cluster, ['get', ...configMap, '-o', 'json'])) as {
    readonly data: Readonly<Record<typeof key, string>>
  }
  const {auxiliaryCNIChainName: _, ...config} = JSON.parse(live.data[key]) as Told
  const data = {[key]: `${JSON.stringify({...config, ...told}, null, 2)}\n`}
  await kubectl(cluster, ['patch', ...configMap, '--type', 'merge', '--patch', JSON.stringify({data})])
  await restarted(stage, 'kube-multus-ds')
  for (const node of nodes.all)
    await eventually(`Multus on ${node} has been told`, 60, async () => {
      const written = JSON.parse(await docker('exec', node, 'cat', '/etc/cni/net.d/00-multus.conf')) as Told
      if (written.auxiliaryCNIChainName !== told.auxiliaryCNIChainName) throw new Error(JSON.stringify(written))
    })
}
