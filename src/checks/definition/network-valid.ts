import {networkTypes} from '../../catalog/network/index.ts'
import type {Check} from '../check.ts'
import {configsOn} from '../configs-on-nodes.ts'
import {type NetworkConfig, parseNetworkConfig} from '../network-config.ts'
import type {SceneFinding} from '../surroundings.ts'
import {type DefinitionCheck, findingsOf, judgeFindings} from './findings.ts'

type Subject = {
  readonly network: string
  /** By node; one text for all where the configuration is in the object. */
  readonly configs: Readonly<Record<string, string>>
  readonly nodes: readonly string[]
  readonly unread?: true
  readonly findings: readonly SceneFinding[]
}

/** cniVersions that the plugins understand (containernetworking/cni pkg/version). */
const knownVersions = ['0.1.0', '0.2.0', '0.3.0', '0.3.1', '0.4.0', '1.0.0', '1.1.0']

const rules = [
  'KL-L001',
  'KL-L002',
  'KL-L101',
  'KL-L102',
  'KL-L103',
  'KL-L104',
  'KL-L105',
  'KL-L106',
  'KL-L107',
  'KL-L108',
  'KL-L109',
  'KL-L111',
  'KL-L701',
]

/** N01: the configuration is there on every node, can be read, and is of a version that plugins understand. */
export const networkValid: DefinitionCheck<Check<Subject>> = {
  id: 'N01',
  title: 'Network is valid',
  rules,
  tier: 'quick',
  severity: 'error',
  needs: ['networks'],
  subjects(scene) {
    const nodes = scene.nodes.map(({name}) => name)
    const findings = findingsOf(scene, rules)
    return scene.networks.map((network) => {
      const name = `${network.namespace}/${network.name}`
      return {
        network: name,
        ...(network.unread && {unread: network.unread}),
        nodes,
        configs: configsOn(network, nodes),
        findings: findings.filter(({on}) => on === name),
      }
    })
  },
  label: ({network}) => network,
  probes: () => ({}),
  judge(_, {network, configs, nodes, findings, unread}) {
    if (unread)
      return {status: 'skip', summary: 'its configuration lies in files on the nodes, which nobody here can read'}
    const first = Object.values(configs)[0]
    const nodesWithout = nodes.filter((node) => (configs[node] ?? '') === '')
    if (first === undefined || nodesWithout.length > 0) {
      return {
        status: 'fail',
        summary: `${network} has no configuration on ${(nodesWithout.length > 0 ? nodesWithout : nodes).join(', ')}`,
        cause:
          'spec.config is empty, and /etc/cni/multus/net.d on the node has no file whose "name" is that of the network',
        fix: `k8s-local net remove ${network}, then k8s-local net add`,
      }
    }
    const [fault] = Object.values(configs).flatMap((text) => {
      const config = parseNetworkConfig(text)
      return 'fault' in config ? [config.fault] : []
    })
    if (fault !== undefined)
      return {
        status: 'fail',
        summary: `the configuration of ${network} cannot be read: ${fault}`,
        fix: editCommand(network),
      }
    const config = parseNetworkConfig(first) as NetworkConfig
    if (!knownVersions.includes(config.cniVersion)) {
      return {
        status: 'fail',
        summary: `cniVersion ${config.cniVersion} is not known`,
        fix: `use one of ${knownVersions.slice(2).join(', ')}`,
      }
    }
    return judgeFindings(findings) ?? {status: 'pass', summary: sayWhatItIs(config)}
  },
}

function editCommand(network: string): string {
  const [namespace, name] = network.split('/')
  return `kubectl -n ${namespace} edit net-attach-def ${name}`
}

function sayWhatItIs({types, ipam, cniVersion}: NetworkConfig): string {
  const known = types[0] !== undefined && types[0] in networkTypes
  return `${types.join(' + ')}${known ? '' : ' (not one of ours)'}, addresses by ${ipam ?? 'nobody'}, cniVersion ${cniVersion}`
}
