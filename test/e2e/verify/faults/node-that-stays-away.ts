import {kubectl} from '../../support/cluster.ts'
import {docker} from '../../support/engine.ts'
import type {Stage} from '../../support/stage.ts'
import type {Fault} from './fault.ts'

/** The node's container starts again, and its kubelet does not. */
async function disable({nodes: {workers}}: Stage): Promise<void> {
  await docker('exec', workers[1], 'systemctl', 'disable', 'kubelet')
}

async function enable({cluster, nodes: {workers}}: Stage): Promise<void> {
  await docker('exec', workers[1], 'systemctl', 'enable', '--now', 'kubelet')
  await kubectl(cluster, ['wait', '--for=condition=Ready', `node/${workers[1]}`, '--timeout=110s'], 120)
}

export const nodeThatStaysAway: Fault = {
  title: 'a node that is restarted does not come back',
  tier: 'full',
  flags: ['--check', 'survives-node-restart'],
  fails: {'survives-node-restart': /worker2 (is not Ready again|has not come back)|has not come back since/},
  inject: disable,
  heal: enable,
}

export const clusterThatStaysAway: Fault = {
  title: 'a node does not come back when all are restarted',
  tier: 'full',
  flags: ['--check', 'survives-cluster-restart'],
  fails: {'survives-cluster-restart': /worker2 (is not Ready again|has not come back)|has not come back since/},
  inject: disable,
  heal: enable,
}
