import type {Repair} from './repair.ts'
import {waitForNodes} from './waits.ts'

/** A proof that a cluster survives a restart stops nodes: one that was killed leaves them so, as does a machine that was switched off. */
export const stoppedNodes: Repair = {
  title: 'Nodes run',
  finds(facts) {
    const {cluster, containers} = facts
    const still = containers.filter(({state}) => state !== 'running').map(({name}) => name)
    const paused = containers.filter(({state}) => state === 'paused').map(({name}) => name)
    if (still.length === 0) return []
    if (paused.length > 0)
      return [
        {
          subject: '',
          summary: `paused: ${paused.join(', ')}`,
          cause: 'somebody has paused the containers; k8s-local never does',
          fix: `docker unpause ${paused.join(' ')}, then: k8s-local repair ${cluster}`,
          mends: [],
        },
      ]
    return [
      {
        subject: '',
        summary: `stopped: ${still.join(', ')}`,
        mends: [
          {title: `Start ${still.join(', ')}`, action: {type: 'start-nodes', nodes: still}},
          ...waitForNodes(
            containers.map(({name}) => name),
            facts,
          ),
        ],
      },
    ]
  },
}
