import type {Check} from '../check.ts'
import {judgeRestarted, type Restarted, restartedProbes, restartNodes, standingOn} from './back-after-restart.ts'

/** RS05: all nodes are stopped and started, as by a laptop that was shut down. Every NIC, address, pod and interface is as it was. */
export const survivesClusterRestart: Check<Restarted> = {
  id: 'RS05',
  title: 'The cluster survives a restart',
  tier: 'full',
  severity: 'error',
  needs: ['engine', 'disruption'],
  settleSeconds: 180,
  subjects: (scene) => [standingOn(scene, scene.nodes)],
  ordeal: (subject) => restartNodes(subject),
  label: () => '',
  probes: restartedProbes,
  judge: judgeRestarted,
}
