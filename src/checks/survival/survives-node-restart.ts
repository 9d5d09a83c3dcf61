import type {Check} from '../check.ts'
import {judgeRestarted, type Restarted, restartedProbes, restartNodes, standingOn} from './back-after-restart.ts'

/** RS04: a worker's container is stopped and started. Its NICs have their addresses, its pods come back with their interfaces, and reach others. */
export const survivesNodeRestart: Check<Restarted> = {
  id: 'RS04',
  title: 'A node survives a restart',
  tier: 'full',
  severity: 'error',
  needs: ['engine', 'disruption'],
  settleSeconds: 120,
  subjects(scene) {
    const worker = scene.nodes.findLast(({role}) => role === 'worker')
    return worker
      ? [standingOn(scene, [worker])]
      : {skip: 'there is no worker: survives-cluster-restart restarts the control plane'}
  },
  ordeal: (subject) => restartNodes(subject),
  label: ({nodes}) => nodes.map(({name}) => name).join(', '),
  probes: restartedProbes,
  judge: judgeRestarted,
}
