import {given, hostAddresses} from './addresses.ts'
import {expects, expectsPrimary} from './expectations.ts'
import {slicedNetwork} from './networks.ts'
import {namespace, pod, replicas} from './objects.ts'
import type {Scenario} from './scenario.ts'

const ns = 'scenario-web'
const network = 'scenario-web'
const port = 8080

export const web: Scenario = {
  title: 'A web Deployment on a shared network',
  shows:
    'All pods of a Deployment carry the same annotation, so they cannot bring their addresses along: the network hands them out, and each must be handed out once although the replicas run on several nodes. ' +
    'Here each node has its own part of the range. A Service does not see these addresses: a client asks each replica over the shared network.',
  needs: {workers: 2, blocks: 1, subnets: 0, plugins: ['macvlan', 'host-local']},
  build(site) {
    const subnet = given(site.blocks, 0)
    const {object, nodeFiles} = slicedNetwork(
      {name: network, namespace: ns, description: 'Web servers and their clients', subnet},
      site,
    )
    const common = {namespace: ns, image: site.image, attachments: [{network, interface: 'web0'}]}
    return {
      namespaces: [namespace(ns)],
      groundwork: [object],
      nodeFiles: [nodeFiles],
      workloads: [
        ...replicas({...common, name: 'web', port}, {kind: 'Deployment', count: 2}),
        pod({...common, name: 'client', node: given(site.workers, 0)}),
      ],
      checks: [
        expects('replicas-serve', {
          namespace: ns,
          app: 'web',
          replicas: 2,
          network: `${ns}/${network}`,
          client: 'client',
          interface: 'web0',
          addresses: hostAddresses(subnet),
          port,
        }),
        expectsPrimary(ns, 'client'),
      ],
      look: [
        `kubectl -n ${ns} get pods -o wide`,
        'k8s-local pod list',
        `kubectl -n ${ns} exec client -- curl -s --interface web0 http://ADDRESS:${port}/hostname`,
      ],
    }
  },
}
