import {kubectl} from '../../support/cluster.ts'
import {docker} from '../../support/engine.ts'
import {applyManifest} from '../../support/in-namespace.ts'
import type {Damage} from './damage.ts'
import {victimNamespace, writeOn} from './victims.ts'

const system = ['-n', 'kube-system'] as const

export const addressDamages: readonly Damage[] = [
  {
    title: 'whereabouts keeps an address for a pod that is gone',
    named: /kept for pods that are gone: \d\S+ for repair-victims\/gone(.*\n)*.*reserved for pods that are gone/,
    inject: async ({cluster}) => {
      const pools = await kubectl(cluster, [...system, 'get', 'ippools.whereabouts.cni.cncf.io', '-o', 'name'])
      const pool = pools.split('\n')[0] ?? ''
      const lease = {id: 'f'.repeat(64), podref: 'repair-victims/gone', ifname: 'net1'}
      const patch = JSON.stringify({spec: {allocations: {'99': lease}}})
      await kubectl(cluster, [...system, 'patch', pool, '--type', 'merge', '-p', patch])
      await applyManifest(cluster, [
        {
          apiVersion: 'whereabouts.cni.cncf.io/v1alpha1',
          kind: 'OverlappingRangeIPReservation',
          metadata: {name: '172.30.99.99', namespace: 'kube-system'},
          spec: {containerid: lease.id, podref: lease.podref, ifname: lease.ifname},
        },
      ])
    },
  },
  {
    title: 'host-local keeps an address for a pod that is gone',
    named: /host-local keeps addresses for pods that there are \(\S+-worker2\): kept for pods that are gone: 10.77.0.9/,
    inject: async ({nodes: {workers}}) => {
      const path = `/var/lib/cni/networks/${victimNamespace}/10.77.0.9`
      await writeOn(workers[1], path, `${'e'.repeat(64)}\r\nnet1`)
      await docker('exec', workers[1], 'touch', '-d', '1 hour ago', path)
    },
  },
]
