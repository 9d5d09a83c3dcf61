import {kubectl} from '../../support/cluster.ts'
import {docker} from '../../support/engine.ts'
import type {Damage} from './damage.ts'
import {writeOn} from './victims.ts'

export const nodeDamages: readonly Damage[] = [
  {
    title: 'a worker is stopped',
    named: /Nodes run: stopped: \S+-worker2/,
    inject: async ({nodes}) => void (await docker('stop', nodes.workers[1])),
  },
  {
    title: 'all nodes are stopped',
    named: /Nodes run: stopped: \S+-control-plane, \S+-worker, \S+-worker2/,
    inject: async ({nodes}) => void (await docker('stop', ...nodes.all)),
  },
  {
    title: 'a run of ours has cordoned a node',
    named: /Nodes take pods \(\S+-worker2\)/,
    inject: async ({cluster, nodes}) => {
      await kubectl(cluster, ['cordon', nodes.workers[1]])
      await kubectl(cluster, ['annotate', 'node', nodes.workers[1], 'k8s-local.dev/cordoned=abc123'])
    },
  },
  {
    title: 'a restart has moved the InternalIP of a node to an extra network',
    named: /Node keeps its address \(\S+-worker2\).*InternalIP is 172\.30/,
    left: /repair:node-addresses \(\S+-worker2\).*restarts, with all pods on it/,
    inject: async ({cluster, nodes: {workers}}) => {
      const [, node] = workers
      const nic = await docker('exec', node, 'ip', '-o', '-4', 'addr', 'show', 'dev', 'eth1')
      const address = /inet ([\d.]+)/.exec(nic)?.[1] ?? ''
      const script = `#!/bin/sh\ncase "$*" in "ahostsv4 ${node}") echo "${address} STREAM ${node}";; *) exec /usr/bin/getent "$@";; esac`
      await writeOn(node, '/usr/local/sbin/getent', script)
      await docker('restart', node)
      const moved = `--for=jsonpath={.status.addresses[0].address}=${address}`
      await kubectl(cluster, ['wait', 'node', node, moved, '--timeout=90s'], 100)
      await kubectl(cluster, ['wait', 'node', node, '--for=condition=Ready', '--timeout=60s'], 70)
    },
  },
  {
    title: 'the NIC of a node is disconnected from an extra network',
    named: /\(\S+-worker on lan\): it is not connected to the engine network/,
    inject: async ({cluster, nodes}) =>
      void (await docker('network', 'disconnect', `${cluster}-lan`, nodes.workers[0])),
  },
  {
    title: 'the same NIC is disconnected again, under the name that it was given',
    named: /\(\S+-worker on lan\): it is not connected to the engine network/,
    inject: async ({cluster, nodes}) =>
      void (await docker('network', 'disconnect', `${cluster}-lan`, nodes.workers[0])),
  },
  {
    title: 'the NIC of a node is down',
    named: /\(\S+-worker2 on wan\): eth2 is down/,
    inject: async ({nodes}) => void (await docker('exec', nodes.workers[1], 'ip', 'link', 'set', 'eth2', 'down')),
  },
  {
    title: 'the NIC of a node has lost its address',
    named: /\(\S+-worker2 on lan\): eth1 has lost its address 172\.30/,
    inject: async ({nodes}) => void (await docker('exec', nodes.workers[1], 'ip', 'address', 'flush', 'dev', 'eth1')),
  },
]
