import {addressIn, given, interfaceAddress} from './addresses.ts'
import {expects, expectsAttached, expectsPrimary} from './expectations.ts'
import {macvlanNetwork} from './networks.ts'
import {namespace, pod} from './objects.ts'
import type {Scenario} from './scenario.ts'

const networkNamespace = 'scenario-shared'
const teams = ['web', 'batch'] as const
const port = 8080

export const sharedNetwork: Scenario = {
  title: 'One network for several namespaces',
  shows:
    'The network lives in a namespace of its own, where whoever looks after networks may write and nobody else has to; pods of two other namespaces name it as NAMESPACE/NAME. Without the namespace Multus looks in that of the pod, and the pod never starts. ' +
    'By default every pod of the cluster may do this: the scenario access-control shows how to restrict it.',
  needs: {workers: 2, blocks: 1, subnets: 0, plugins: ['macvlan', 'static']},
  build(site) {
    const subnet = given(site.blocks, 0)
    return {
      namespaces: [networkNamespace, ...teams.map(nsOf)].map((name) => namespace(name)),
      groundwork: [
        macvlanNetwork(
          {name: 'shared', namespace: networkNamespace, description: 'For pods of any namespace', subnet},
          site,
        ),
      ],
      nodeFiles: [],
      workloads: teams.map((team, index) =>
        pod({
          name: team,
          namespace: nsOf(team),
          image: site.image,
          node: given(site.workers, index),
          port,
          attachments: [{network: 'shared', namespace: networkNamespace, ip: interfaceAddress(subnet, 1 + index)}],
        }),
      ),
      checks: teams.flatMap((team, index) => [
        ...expectsAttached({
          namespace: nsOf(team),
          pod: team,
          node: given(site.workers, index),
          networks: [{network: `${networkNamespace}/shared`, config: '', spansNodes: true}],
        }),
        expects('serves', {
          namespace: nsOf(team),
          from: team,
          to: given(teams, 1 - index),
          interface: 'net1',
          address: addressIn(subnet, 2 - index),
          port,
        }),
        expectsPrimary(nsOf(team), team),
      ]),
      look: [
        `kubectl -n ${nsOf('web')} get pod web -o jsonpath='{.metadata.annotations}'`,
        `kubectl -n ${nsOf('web')} exec web -- curl -s --interface net1 http://${addressIn(subnet, 2)}:${port}/hostname`,
        'k8s-local pod list',
      ],
    }
  },
}

function nsOf(team: (typeof teams)[number]): string {
  return `scenario-shared-${team}`
}
