import {engineAddresses} from '../../support/engine.ts'
import {eventually, internalAddresses} from '../../support/cluster.ts'
import type {Stage} from '../../support/stage.ts'
import type {Fault} from './fault.ts'
import {onNode, rolledOut} from './on-node.ts'

const flags = '/var/lib/kubelet/kubeadm-flags.env'

/** As a restart does it where the node's own name leads to an extra network (kind #2917; lab facts §4): the kubelet reports that address. */
export const nodeAddressMoved: Fault = {
  title: "a Node's InternalIP has moved to eth1",
  // The agent of the CNI there is replaced when its node has another address.
  mayFollow: ['cni-healthy'],
  fails: {'node-address-kept': /worker2.*InternalIP is .*is on eth1, an extra network/},
  async inject(stage) {
    const moved = (await engineAddresses(stage.cluster))[stage.nodes.workers[1]]?.[`${stage.cluster}-lan`] ?? ''
    await onNode(stage, 'cp', flags, `${flags}.away`)
    await onNode(stage, 'sed', '-i', `s/--node-ip=[0-9.]*/--node-ip=${moved}/`, flags)
    await reported(stage, moved)
  },
  async heal(stage) {
    await onNode(stage, 'mv', `${flags}.away`, flags)
    await reported(stage, (await engineAddresses(stage.cluster))[stage.nodes.workers[1]]?.['kind'] ?? '')
    await rolledOut(stage, stage.cni === 'cilium' ? 'cilium' : 'calico-node')
  },
}

async function reported(stage: Stage, address: string): Promise<void> {
  const node = stage.nodes.workers[1]
  await onNode(stage, 'systemctl', 'restart', 'kubelet')
  await eventually(`InternalIP ${address} of ${node}`, 60, async () => {
    const is = (await internalAddresses(stage.cluster))[node]
    if (is !== address) throw new Error(`it is ${is}`)
  })
}
