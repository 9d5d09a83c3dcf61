import {kubectl} from '../../support/cluster.ts'
import {docker, ran} from '../../support/engine.ts'
import type {Fault} from './fault.ts'
import {apply, applyNetwork, deleteNetworks} from './network-objects.ts'

const tenants = ['tenant-a', 'tenant-b'] as const

export const isolationFaults: readonly Fault[] = [
  {
    title: "a tenant's bridge is joined to another's",
    tier: 'default',
    // Probe pods are on both networks, and answer for either of their addresses on either.
    follows: ['address-unique'],
    fails: {'networks-isolated': /tenant-[ab] -x- .*tenant-[ab].*are joined somewhere/s},
    async inject(stage) {
      for (const [index, name] of tenants.entries()) {
        const ipam = {type: 'host-local', ranges: [[{subnet: `10.98.${10 + index}.0/24`}]]}
        await applyNetwork(stage, name, {type: 'bridge', bridge: name, ipam})
      }
      for (const node of stage.nodes.workers) {
        for (const name of tenants) await docker('exec', node, 'ip', 'link', 'add', name, 'up', 'type', 'bridge')
        await docker('exec', node, 'ip', 'link', 'add', 'join-a', 'up', 'type', 'veth', 'peer', 'name', 'join-b')
        await docker('exec', node, 'ip', 'link', 'set', 'join-b', 'up', 'master', 'tenant-b')
        await docker('exec', node, 'ip', 'link', 'set', 'join-a', 'master', 'tenant-a')
      }
    },
    async heal(stage) {
      for (const node of stage.nodes.workers)
        for (const link of ['join-a', ...tenants]) await ran(['docker', 'exec', node, 'ip', 'link', 'delete', link])
      await deleteNetworks(stage, ...tenants)
    },
  },
  {
    title: 'somebody trusts a NetworkPolicy to close a second interface',
    tier: 'default',
    fails: {'policy-coverage': /1 NetworkPolicy chooses pods whose second interfaces stay open/},
    async inject(stage) {
      const {cluster, nodes} = stage
      await kubectl(cluster, ['create', 'namespace', 'trusting'])
      await apply(stage, {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: {name: 'closed', namespace: 'trusting'},
        spec: {podSelector: {matchLabels: {app: 'bank'}}, policyTypes: ['Ingress']},
      })
      await apply(stage, {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          name: 'bank',
          namespace: 'trusting',
          labels: {app: 'bank'},
          annotations: {'k8s.v1.cni.cncf.io/networks': 'default/lan'},
        },
        spec: {
          nodeName: nodes.workers[0],
          terminationGracePeriodSeconds: 1,
          containers: [{name: 'bank', image: 'registry.k8s.io/pause:3.10', imagePullPolicy: 'IfNotPresent'}],
        },
      })
    },
    heal: async ({cluster}) =>
      void (await kubectl(cluster, ['delete', 'namespace', 'trusting', '--ignore-not-found'], 120)),
  },
  {
    title: "a tenant's pods may define networks",
    tier: 'default',
    flags: ['--check', 'isolation'],
    fails: {
      'tenants-cannot-define': /the default account of tenant-a may define networks.*reaches networks of others/s,
    },
    async inject(stage) {
      await kubectl(stage.cluster, ['create', 'namespace', 'tenant-a'])
      const metadata = {name: 'edits-networks', namespace: 'tenant-a'}
      await apply(stage, {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'Role',
        metadata,
        rules: [
          {apiGroups: ['k8s.cni.cncf.io'], resources: ['*'], verbs: ['get', 'list', 'create', 'update', 'delete']},
        ],
      })
      await apply(stage, {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata,
        roleRef: {apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: metadata.name},
        subjects: [{kind: 'ServiceAccount', name: 'default', namespace: 'tenant-a'}],
      })
    },
    heal: async ({cluster}) =>
      void (await kubectl(cluster, ['delete', 'namespace', 'tenant-a', '--ignore-not-found'], 120)),
  },
]
