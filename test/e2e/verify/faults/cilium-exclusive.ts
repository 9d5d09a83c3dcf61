import {kubectl} from '../../support/cluster.ts'
import {docker} from '../../support/engine.ts'
import type {Stage} from '../../support/stage.ts'
import type {Fault} from './fault.ts'
import {withoutInterface} from './followers.ts'
import {restarted} from './on-node.ts'

/** What a run of Helm without our value does; it waits in the ConfigMap for the agents' next start. */
export const exclusiveSoon: Fault = {
  title: 'Cilium is set to exclusive, and has not been restarted',
  cni: 'cilium',
  fails: {'cni-shares': /cni-exclusive is true in cilium-config: it takes effect when/},
  inject: (stage) => setExclusive(stage, true),
  heal: (stage) => setExclusive(stage, false),
}

export const exclusive: Fault = {
  title: 'Cilium is set back to exclusive: new pods are Ready with eth0 only',
  cni: 'cilium',
  fails: {'cni-shares': /runs with cni-exclusive=true on .*renames every other CNI's file/},
  follows: ['multus-first', ...withoutInterface],
  async inject(stage) {
    await setExclusive(stage, true)
    await restarted(stage, 'cilium')
  },
  async heal(stage) {
    await setExclusive(stage, false)
    await restarted(stage, 'cilium')
    await restarted(stage, 'kube-multus-ds')
    for (const node of stage.nodes.all)
      await docker('exec', node, 'find', '/etc/cni/net.d', '-name', '*.cilium_bak', '-delete')
  },
}

async function setExclusive({cluster}: Stage, value: boolean): Promise<void> {
  const patch = JSON.stringify({data: {'cni-exclusive': String(value)}})
  await kubectl(cluster, ['patch', 'configmap', 'cilium-config', '-n', 'kube-system', '--type=merge', '-p', patch])
}
