import {parseNetworkConfig} from '../checks/network-config.ts'
import type {AttachmentSpec} from '../spec/pod-spec.ts'
import {addressFindings} from './address-findings.ts'
import {networkOf, type PodSite, wrong} from './attachment-site.ts'
import type {TargetFacts} from './facts.ts'
import {optionFindings} from './option-findings.ts'
import type {PreflightFinding} from './preflight-finding.ts'

/** Everything about an attachment that would keep its pods from starting, or give them something else than they ask for. */
export function attachmentFindings(
  attachment: AttachmentSpec,
  site: PodSite,
  facts: TargetFacts,
): readonly PreflightFinding[] {
  const network = networkOf(attachment, site, facts)
  const reference = `${attachment.namespace ?? site.namespace}/${attachment.network}`
  if (!network) return [unknownNetwork(attachment, reference, facts)]
  const text = network.config === '' ? Object.values(network.nodeConfigs)[0] : network.config
  const config = parseNetworkConfig(text ?? '')
  if ('fault' in config)
    return [wrong('--network', `the configuration of ${reference} cannot be read: ${config.fault}`)]
  const found = {attachment, reference, network, config}
  return [
    ...isolationFindings(network.namespace, reference, site, facts),
    ...addressFindings(found, site, facts),
    ...optionFindings(found, facts),
  ]
}

function unknownNetwork(
  {network}: AttachmentSpec,
  reference: string,
  {networks}: Pick<TargetFacts, 'networks'>,
): PreflightFinding {
  const [elsewhere] = networks.filter(({name}) => name === network).map(({namespace, name}) => `${namespace}/${name}`)
  const known = networks.map(({namespace, name}) => `${namespace}/${name}`)
  return wrong(
    '--network',
    `there is no network ${reference}${known.length > 0 ? `: there are ${known.join(', ')}` : ''}`,
    elsewhere === undefined ? `k8s-local net add macvlan ${network}` : `--network ${elsewhere}`,
  )
}

/** Multus refuses such a pod at its start, and the kubelet tries for ever (multus v4.3.0 pkg/k8sclient, namespaceIsolation). */
function isolationFindings(
  owner: string,
  reference: string,
  {namespace}: PodSite,
  {isolation}: TargetFacts,
): readonly PreflightFinding[] {
  if (!isolation || owner === namespace || isolation.shared.includes(owner)) return []
  return [
    wrong(
      '--network',
      `Multus keeps namespaces apart here (namespaceIsolation): pods of ${namespace} may use its own networks and those of ${isolation.shared.join(', ')}, and not ${reference}`,
      `make one for them: k8s-local net add TYPE ${reference.split('/')[1]} --namespace ${namespace}`,
    ),
  ]
}
