import type {TestPodSpec} from '../spec/pod-spec.ts'
import {ownerOf} from './address-findings.ts'
import {attachmentFindings} from './attachment-findings.ts'
import {networkOf, wrong} from './attachment-site.ts'
import {defaultNetworkFindings} from './default-network.ts'
import type {TargetFacts} from './facts.ts'
import type {PreflightFinding} from './preflight-finding.ts'

/** Everything about a test pod that would keep it from starting, or give it something else than it asks for. */
export function podFindings(spec: TestPodSpec, facts: TargetFacts): readonly PreflightFinding[] {
  return [
    ...namespaceFindings(spec, facts),
    ...nodeFindings(spec, facts),
    ...spec.attachments.flatMap((one) => attachmentFindings(one, spec, facts)),
    ...(spec.defaultNetwork === undefined ? [] : defaultNetworkFindings(spec.defaultNetwork, facts)),
  ]
}

/** The node that the pod must run on: as asked for, else the only one that can hand out the addresses asked for. */
export function placeOf(spec: TestPodSpec, facts: TargetFacts): string | undefined {
  if (spec.node !== undefined) return spec.node
  return spec.attachments.flatMap((attachment) => {
    const network = networkOf(attachment, spec, facts)
    const {ip} = attachment
    return network && ip !== undefined && network.config === '' ? (ownerOf(ip, network) ?? []) : []
  })[0]
}

function namespaceFindings({namespace}: TestPodSpec, {namespaces}: TargetFacts): readonly PreflightFinding[] {
  return namespaces.includes(namespace)
    ? []
    : [wrong('--namespace', `there is no namespace ${namespace}`, `kubectl create namespace ${namespace}`)]
}

function nodeFindings({node}: TestPodSpec, {nodes}: TargetFacts): readonly PreflightFinding[] {
  if (node === undefined) return []
  const found = nodes.find(({name}) => name === node)
  if (!found) return [wrong('--node', `there is no node ${node}: there are ${nodes.map(({name}) => name).join(', ')}`)]
  return found.ready ? [] : [wrong('--node', `the node ${node} is not Ready`, `kubectl describe node ${node}`)]
}
