import {eventually, kubectl} from '../../support/cluster.ts'
import {docker} from '../../support/engine.ts'
import type {Stage} from '../../support/stage.ts'
import type {Damage} from './damage.ts'
import {restartVictims} from './victims.ts'

const conf = '/etc/cni/net.d'
const system = ['-n', 'kube-system'] as const

/** A line of shell on the second worker. */
const onNode = (line: string) => async (stage: Stage) =>
  void (await docker('exec', stage.nodes.workers[1], 'sh', '-ec', line))

export const installationDamages: readonly Damage[] = [
  {
    title: 'a plugin binary is missing',
    named: /\(\S+-worker2\): missing in \/opt\/cni\/bin: macvlan/,
    inject: onNode('rm /opt/cni/bin/macvlan'),
  },
  {
    title: 'a plugin binary is empty',
    named: /\(\S+-worker2\): empty, or not to be executed: macvlan/,
    inject: onNode(': > /opt/cni/bin/macvlan'),
  },
  {
    title: 'the binaries of Multus and whereabouts are missing',
    named: /\(\S+-worker2\): missing in \/opt\/cni\/bin: multus(-shim)?, whereabouts/,
    inject: onNode('rm /opt/cni/bin/multus* /opt/cni/bin/whereabouts'),
  },
  {
    title: 'Multus has 50Mi of memory',
    named: /Multus has memory: the memory limit of Multus is 50Mi/,
    inject: async ({cluster}) => {
      const set = ['set', 'resources', 'ds/kube-multus-ds', '-c', 'kube-multus', '--limits=memory=50Mi']
      await kubectl(cluster, [...system, ...set, '--requests=memory=50Mi'])
      await kubectl(cluster, [...system, 'rollout', 'status', 'ds/kube-multus-ds', '--timeout=90s'], 100)
    },
  },
  {
    title: 'the configuration of Multus is gone, and pods have started meanwhile',
    named: /Multus comes first \(\S+-worker\).*\n(.*\n)*.*\(repair-victims\/web-\S+\): it runs without default\/lan/,
    left: /\(repair-victims\/bare\): it runs without default\/wan.*is deleted and created again/,
    inject: async (stage) => {
      await docker('exec', stage.nodes.workers[0], 'sh', '-ec', `rm ${conf}/00-multus.conf*`)
      await restartVictims(stage)
    },
  },
  {
    title: 'a stale twin of the configuration lies beside it',
    named: /Multus comes first \(\S+-worker2\): 00-multus.conf and 00-multus.conflist both exist/,
    inject: onNode(`
      cd ${conf}
      if [ -e 00-multus.conf ]; then twin=00-multus.conflist; own=00-multus.conf; else twin=00-multus.conf; own=00-multus.conflist; fi
      cp $own $twin
      touch -d '1 hour ago' $twin`),
  },
  {
    title: 'Cilium has left a renamed file behind',
    named: /00-multus.conf.cilium_bak was left behind/,
    inject: onNode(`cp ${conf}/00-multus.conf* ${conf}/00-multus.conf.cilium_bak`),
  },
  {
    title: 'a configuration of somebody else sorts first',
    named: /Multus comes first \(\S+-worker2\): the runtime reads 00-a.conflist first/,
    left: /00-a.conflist on \S+-worker2 is renamed to 00-a.conflist.k8s-local_bak/,
    inject: onNode(`cp ${conf}/05-cilium.conflist ${conf}/00-a.conflist; rm -f ${conf}/*.k8s-local_bak`),
  },
  {
    title: 'Cilium is exclusive again, and pods have started meanwhile',
    named: /Cilium is exclusive.*\n(.*\n)*.*\(repair-victims\/web-\S+\): it runs without default\/lan/,
    left: /\(repair-victims\/bare\): it runs without default\/wan/,
    inject: async (stage) => {
      const {cluster} = stage
      const patch = JSON.stringify({data: {'cni-exclusive': 'true'}})
      await kubectl(cluster, [...system, 'patch', 'configmap', 'cilium-config', '--type', 'merge', '-p', patch])
      await kubectl(cluster, [...system, 'rollout', 'restart', 'ds/cilium'])
      await kubectl(cluster, [...system, 'rollout', 'status', 'ds/cilium', '--timeout=120s'], 130)
      await eventually('Cilium has renamed the file of Multus', 30, async () => {
        await docker('exec', stage.nodes.workers[0], 'sh', '-ec', `ls ${conf}/00-multus.conf*.cilium_bak`)
      })
      await restartVictims(stage)
    },
  },
]
