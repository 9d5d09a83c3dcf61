import {kubectl} from '../../support/cluster.ts'
import {docker, ran} from '../../support/engine.ts'
import type {Fault} from './fault.ts'
import {applyNetwork, deleteNetworks, engineEnd} from './network-objects.ts'

/** A network of one node, with the node as gateway. */
const bridged = (name: string, subnet: string) => ({
  type: 'bridge',
  bridge: name,
  isGateway: true,
  ipam: {type: 'host-local', ranges: [[{subnet}]]},
})

const rule = (...words: readonly string[]) => ['iptables', '-w', '-I', ...words]
const noRule = (...words: readonly string[]) => ['iptables', '-w', '-D', ...words]

/** A rule in the netfilter tables of the workers, and its removal. */
function filtered(words: readonly string[]): Pick<Fault, 'inject' | 'heal'> {
  return {
    async inject(stage) {
      await applyNetwork(stage, 'br-fault', bridged('br-fault', '10.98.1.0/24'))
      for (const node of stage.nodes.workers) await docker('exec', node, ...rule(...words))
    },
    async heal(stage) {
      for (const node of stage.nodes.workers) {
        await ran(['docker', 'exec', node, ...noRule(...words)])
        await ran(['docker', 'exec', node, 'ip', 'link', 'delete', 'br-fault'])
      }
      await deleteNetworks(stage, 'br-fault')
    },
  }
}

export const reachFaults: readonly Fault[] = [
  {
    title: 'the engine carries less than the NICs of the nodes promise',
    tier: 'default',
    fails: {'path-mtu': /1500 bytes, the MTU of .* does not arrive/},
    inject: async ({nodes: {workers}}) =>
      void (await ran(['ip', 'link', 'set', await engineEnd(workers[1], 'eth1'), 'mtu', '1400'])),
    heal: async ({nodes: {workers}}) =>
      void (await ran(['ip', 'link', 'set', await engineEnd(workers[1], 'eth1'), 'mtu', '1500'])),
  },
  {
    title: 'the engine keeps multicast from one node',
    tier: 'default',
    fails: {'broadcast-passes': /default\/lan.*do(es)? not answer a multicast/},
    inject: async ({nodes: {workers}}) =>
      void (await ran(['bridge', 'link', 'set', 'dev', await engineEnd(workers[1], 'eth1'), 'mcast_flood', 'off'])),
    heal: async ({nodes: {workers}}) =>
      void (await ran(['bridge', 'link', 'set', 'dev', await engineEnd(workers[1], 'eth1'), 'mcast_flood', 'on'])),
  },
  {
    title: 'a node does not hand on what pods of one bridge send each other',
    fails: {'reach-same-node': /br-fault.*does not reach.*nothing passes even on one node/s},
    ...filtered(['FORWARD', '-i', 'br-fault', '-o', 'br-fault', '-j', 'DROP']),
  },
  {
    title: 'a node drops UDP between pods of one bridge',
    tier: 'default',
    fails: {'streams-pass': /br-fault.*UDP from .* does not arrive/},
    ...filtered(['FORWARD', '-i', 'br-fault', '-o', 'br-fault', '-p', 'udp', '-j', 'DROP']),
  },
  {
    title: 'a node does not reach its own pods on a bridge',
    tier: 'default',
    fails: {'host-reach': /br-fault.*does not reach .* over bridge, and should/},
    ...filtered(['OUTPUT', '-o', 'br-fault', '-p', 'icmp', '--icmp-type', 'echo-request', '-j', 'DROP']),
  },
  {
    title: 'nobody has the address of the gateway',
    tier: 'default',
    fails: {'gateway-answers': /10\.98\.2\.1, the gateway of default\/no-gateway, does not answer/},
    async inject(stage) {
      const ipam = {type: 'host-local', ranges: [[{subnet: '10.98.2.0/24', gateway: '10.98.2.1'}]]}
      await applyNetwork(stage, 'no-gateway', {type: 'bridge', bridge: 'br-nogw', ipam})
    },
    async heal(stage) {
      await deleteNetworks(stage, 'no-gateway')
      for (const node of stage.nodes.workers) await ran(['docker', 'exec', node, 'ip', 'link', 'delete', 'br-nogw'])
    },
  },
  {
    title: 'names do not resolve',
    fails: {'primary-unharmed': /does not reach https:\/\/kubernetes.*DNS name does not resolve/s},
    inject: async ({cluster}) => {
      await kubectl(cluster, ['-n', 'kube-system', 'scale', 'deploy/coredns', '--replicas=0'])
      await kubectl(cluster, [
        '-n',
        'kube-system',
        'wait',
        '--for=delete',
        'pod',
        '-l',
        'k8s-app=kube-dns',
        '--timeout=60s',
      ])
    },
    heal: async ({cluster}) => {
      await kubectl(cluster, ['-n', 'kube-system', 'scale', 'deploy/coredns', '--replicas=2'])
      await kubectl(cluster, ['-n', 'kube-system', 'rollout', 'status', 'deploy/coredns', '--timeout=90s'], 100)
    },
  },
  {
    title: 'one node is cut off from an extra network',
    fails: {'reach-across-nodes': /default\/lan.*frames do not pass between the nodes/s},
    inject: async ({nodes: {workers}}) =>
      void (await ran(['ip', 'link', 'set', await engineEnd(workers[1], 'eth1'), 'nomaster'])),
    heal: async ({cluster, nodes: {workers}}) => {
      const id = await docker('network', 'inspect', `${cluster}-lan`, '--format', '{{.Id}}')
      await ran(['ip', 'link', 'set', await engineEnd(workers[1], 'eth1'), 'master', `br-${id.slice(0, 12)}`])
    },
  },
]
