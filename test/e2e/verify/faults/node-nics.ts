import {docker, engineAddresses} from '../../support/engine.ts'
import type {Stage} from '../../support/stage.ts'
import type {Fault} from './fault.ts'
import {withoutPods} from './followers.ts'
import {onNode, tryOnNode} from './on-node.ts'

export const nicDown: Fault = {
  title: 'a NIC is down on one node',
  fails: {'nics-connected': /worker2.*eth1.*is down/},
  follows: ['reach-across-nodes'],
  inject: async (stage) => void (await onNode(stage, 'ip', 'link', 'set', 'eth1', 'down')),
  heal: async (stage) => void (await onNode(stage, 'ip', 'link', 'set', 'eth1', 'up')),
}

/** What the node had, for healing. */
let address = ''

export const nicDisconnected: Fault = {
  title: 'a NIC is disconnected from one node',
  fails: {'nics-connected': /worker2 is not on lan: the engine has disconnected it/},
  follows: withoutPods,
  async inject({cluster, nodes: {workers}}) {
    address = (await engineAddresses(cluster))[workers[1]]?.[lan({cluster})] ?? ''
    await docker('network', 'disconnect', lan({cluster}), workers[1])
  },
  async heal(stage) {
    // One that was renamed before is not found by the engine, and stays.
    await tryOnNode(stage, 'ip', 'link', 'del', 'eth1')
    await docker('network', 'connect', '--ip', address, lan(stage), stage.nodes.workers[1])
    // The engine counts on: what was eth1 comes back as eth3.
    const link = await onNode(stage, 'ip', '-o', '-4', 'addr', 'show', 'to', `${address}/32`)
    const nic = /^\d+:\s+(\S+)/.exec(link)?.[1] ?? ''
    if (nic === 'eth1') return
    await onNode(stage, 'ip', 'link', 'set', nic, 'down')
    await onNode(stage, 'ip', 'link', 'set', nic, 'name', 'eth1')
    await onNode(stage, 'ip', 'link', 'set', 'eth1', 'up')
  },
}

export const addressTaken: Fault = {
  title: 'a NIC has lost its address on one node',
  fails: {'nics-connected': /worker2.*no interface of .*worker2 has .*taken away inside the node/},
  async inject(stage) {
    address = (await engineAddresses(stage.cluster))[stage.nodes.workers[1]]?.[lan(stage)] ?? ''
    await onNode(stage, 'ip', 'addr', 'del', `${address}/24`, 'dev', 'eth1')
  },
  heal: async (stage) => void (await onNode(stage, 'ip', 'addr', 'add', `${address}/24`, 'dev', 'eth1')),
}

export const mtuLowered: Fault = {
  title: 'the MTU of a NIC is lowered on one node',
  fails: {'mtu-fits': /default\/lan.*worker2 get an MTU of 1400, and others 1500/},
  inject: async (stage) => void (await onNode(stage, 'ip', 'link', 'set', 'eth1', 'mtu', '1400')),
  heal: async (stage) => void (await onNode(stage, 'ip', 'link', 'set', 'eth1', 'mtu', '1500')),
}

function lan({cluster}: Pick<Stage, 'cluster'>): string {
  return `${cluster}-lan`
}
