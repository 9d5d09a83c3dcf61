import {kubectl} from '../../support/cluster.ts'
import {docker} from '../../support/engine.ts'
import type {Stage} from '../../support/stage.ts'
import type {Fault} from './fault.ts'

/** Cilium's configuration claims the folder for itself: nothing happens until its agents start anew (cilium PR 24389). */
export const ciliumExclusiveAtRestart: Fault = {
  title: 'Cilium is exclusive from its next start on',
  cni: 'cilium',
  tier: 'full',
  flags: ['--check', 'survives-cni-restart'],
  fails: {'survives-cni-restart': /00-multus\.conf.*cilium_bak|Cilium/},
  inject: (stage) => setExclusive(stage, 'true'),
  async heal(stage) {
    await setExclusive(stage, 'false')
    await restart(stage, 'cilium')
    await restart(stage, 'kube-multus-ds')
    for (const node of stage.nodes.all)
      await docker('exec', node, 'sh', '-c', 'rm -f /etc/cni/net.d/00-multus.*.cilium_bak')
  },
}

async function setExclusive({cluster}: Stage, value: string): Promise<void> {
  const patch = {data: {'cni-exclusive': value}}
  await kubectl(cluster, ['-n', 'kube-system', 'patch', 'configmap', 'cilium-config', '--patch', JSON.stringify(patch)])
}

async function restart({cluster}: Stage, name: string): Promise<void> {
  await kubectl(cluster, ['-n', 'kube-system', 'rollout', 'restart', `daemonset/${name}`])
  await kubectl(cluster, ['-n', 'kube-system', 'rollout', 'status', `daemonset/${name}`, '--timeout=170s'], 180)
}
