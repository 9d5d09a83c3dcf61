import type {KubernetesObject} from '../steps/object.ts'
import {managedBy} from '../templates/labels.ts'
import {given, interfaceAddress} from './addresses.ts'
import {expects, expectsPrimary} from './expectations.ts'
import {macvlanNetwork, slicedNetwork} from './networks.ts'
import {namespace, pod, type ScenarioPod} from './objects.ts'
import type {Scenario, ScenarioSite} from './scenario.ts'
import {leaveToUse, refusals, restrictedNamespace, useNetworksPolicy} from './use-policy.ts'

const team = 'scenario-access-team'
const networks = 'scenario-access-networks'
const account = 'web'
const open = {namespace: networks, network: 'scenario-open'}
const secret = {namespace: networks, network: 'secret'}

export const accessControl: Scenario = {
  title: 'Who may use which network',
  shows:
    'A Role on networks restricts nothing by itself: Multus reads them as itself and never asks who made the pod. Here an admission policy asks: in the namespaces that it covers, a pod may name only networks which its service account has leave to "use", given by an ordinary Role; ' +
    'forms of the annotation that the policy cannot read, and another default network, are refused. The same pod in a namespace without the policy is taken. Multus has a coarser switch of its own, namespaceIsolation, for the whole cluster.',
  needs: {workers: 2, blocks: 2, subnets: 0, plugins: ['macvlan', 'host-local', 'static']},
  build(site) {
    const {object, nodeFiles} = slicedNetwork(
      {
        name: open.network,
        namespace: networks,
        description: 'For those who have leave to use it',
        subnet: given(site.blocks, 0),
      },
      site,
    )
    return {
      namespaces: [namespace(team, restrictedNamespace), namespace(networks)],
      groundwork: [
        object,
        macvlanNetwork(
          {
            name: secret.network,
            namespace: networks,
            description: 'Nobody has leave to use it',
            subnet: given(site.blocks, 1),
          },
          site,
        ),
        ...useNetworksPolicy('scenario-use-networks'),
        serviceAccount(account, team),
        ...leaveToUse({namespace: networks, name: open.network}, {namespace: team, name: account}),
      ],
      nodeFiles: [nodeFiles],
      workloads: site.workers.map((node, index) =>
        pod({...podOf(site, `web-${index + 1}`), node, serviceAccount: account, attachments: [open]}),
      ),
      checks: [
        expects('full-frames', {
          namespace: team,
          from: 'web-1',
          to: 'web-2',
          network: `${networks}/${open.network}`,
          mtu: site.nic.mtu,
        }),
        expectsPrimary(team, 'web-1'),
        ...admissions(site),
      ],
      look: [
        'kubectl get validatingadmissionpolicy scenario-use-networks -o yaml',
        `kubectl -n ${networks} get role,rolebinding`,
        `kubectl auth can-i use network-attachment-definitions/${open.network} -n ${networks} --as system:serviceaccount:${team}:${account}`,
      ],
    }
  },
}

function admissions(site: ScenarioSite) {
  const base = podOf(site, 'offered')
  const withLeave = {...base, serviceAccount: account}
  return [
    admission('a pod with leave', {...withLeave, attachments: [open]}, ''),
    admission(
      'a pod that names a network without leave',
      {...withLeave, attachments: [secret]},
      `${account} ${refusals.use} ${networks}/${secret.network}`,
    ),
    admission('a pod of another account', {...base, attachments: [open]}, `default ${refusals.use}`),
    admission(
      'a pod that names networks in JSON',
      {...withLeave, attachments: [{...secret, ip: interfaceAddress(given(site.blocks, 1), 1)}]},
      refusals.json,
    ),
    admission(
      'a pod that replaces its primary network',
      {...withLeave, attachments: [], defaultNetwork: `${networks}/${secret.network}`},
      refusals.defaultNetwork,
    ),
    admission('the same pod where the policy does not hold', {...base, namespace: networks, attachments: [secret]}, ''),
  ]
}

function admission(what: string, offered: ScenarioPod, refusal: string) {
  const {apiVersion, kind, metadata, ...rest} = pod(offered)
  return expects('admission', {what, object: {apiVersion, kind, metadata, ...rest}, refusal})
}

function podOf({image}: ScenarioSite, name: string): ScenarioPod {
  return {name, namespace: team, image, attachments: []}
}

function serviceAccount(name: string, place: string): KubernetesObject {
  return {apiVersion: 'v1', kind: 'ServiceAccount', metadata: {name, namespace: place, labels: managedBy}}
}
