import type {Stage} from '../../support/stage.ts'
import {chainFolder, chainOntoPrimary, putChained, unchainPrimary} from '../chained-primary.ts'
import type {Fault} from './fault.ts'
import {withoutPods} from './followers.ts'
import {afterAdd, wrappedPlugin} from './wrapped-plugin.ts'

const setBack = wrappedPlugin({
  plugin: 'tuning',
  on: 'second-worker',
  script: afterAdd('inside sh -c "echo 0 > /proc/sys/net/ipv4/conf/eth0/arp_filter"'),
})

/** What can be wrong with a folder of plugins that thick Multus runs after the primary CNI: the folder is right on all nodes but one. */
export const primaryChainFaults: readonly Fault[] = [
  {
    ...onPrimary((stage) => put(stage, '20-broken.conf', '{"name": "broken", "type": "tuning",}')),
    title: 'a file of the chain onto the primary network cannot be read on one node',
    flags: ['--check', 'attach'],
    fails: {'primary-chain': /worker2\).*20-broken\.conf cannot be read: it is not JSON.*leaves out every plugin/},
  },
  {
    ...onPrimary(setBack.inject, setBack.heal),
    title: 'what the chain onto the primary network sets is set back on one node',
    flags: ['--check', 'attach'],
    fails: {'primary-chain': /worker2\).*eth0\.arp_filter in probe-\S+ is 0, and should be 1.*set it back/},
  },
  {
    ...onPrimary((stage) =>
      put(
        stage,
        '20-any.conf',
        '{"name": "any", "type": "tuning", "sysctl": {"net.ipv4.conf.IFNAME.arp_filter": "1"}}',
      ),
    ),
    title: 'the chain onto the primary network wants an interface that it has not',
    flags: ['--check', 'primary-chain', '--check', 'attach-ready'],
    fails: {'primary-chain': /worker2\).*20-any\.conf makes tuning change the interface/},
    follows: withoutPods,
  },
]

function onPrimary(
  harm: Fault['inject'],
  repair: Fault['heal'] = () => Promise.resolve(),
): Pick<Fault, 'modes' | 'tier' | 'inject' | 'heal'> {
  return {
    modes: ['thick'],
    tier: 'default',
    async inject(stage) {
      await chainOntoPrimary(stage)
      await harm(stage)
    },
    async heal(stage) {
      await repair(stage)
      await unchainPrimary(stage)
    },
  }
}

function put({nodes: {workers}}: Stage, file: string, text: string): Promise<void> {
  return putChained(workers[1], `${chainFolder}/${file}`, text)
}
