import {outlineOf, scenarioNamed} from '../../scenarios/build-scenario.ts'
import type {ScenarioName} from '../../scenarios/index.ts'
import type {PreflightFinding} from '../preflight-finding.ts'
import type {ScenarioFacts} from './scenario-facts.ts'
import type {SiteFound} from './scenario-site.ts'

/** All that keeps a cluster from having a scenario. */
export function scenarioFindings(
  name: ScenarioName,
  site: SiteFound,
  facts: ScenarioFacts,
): readonly PreflightFinding[] {
  return [
    ...multusFindings(facts),
    ...nodeFindings(name, site, facts),
    ...addressFindings(name, site, facts),
    ...pluginFindings(name, facts),
    ...strangerFindings(name, facts),
  ]
}

function multusFindings({cluster, record}: ScenarioFacts) {
  return record.multus === 'none' ? [lack('Multus', `${cluster} has no Multus: pods cannot attach to networks`)] : []
}

function nodeFindings(name: ScenarioName, {workers}: SiteFound, {cluster, record}: ScenarioFacts) {
  const {needs} = scenarioNamed(name)
  if (workers.length >= needs.workers) return []
  const fix =
    record.workers < needs.workers
      ? `a cluster cannot get more nodes: k8s-local create NAME --workers ${needs.workers} --network lan`
      : `k8s-local status ${cluster}`
  return [
    lack('nodes', `${name} needs ${countOf(needs.workers, 'Ready worker')}, and ${cluster} has ${workers.length}`, fix),
  ]
}

function addressFindings(name: ScenarioName, {nic, blocks, subnets}: SiteFound, facts: ScenarioFacts) {
  const {needs} = scenarioNamed(name)
  const findings: PreflightFinding[] = []
  if (needs.blocks > 0 && !nic)
    findings.push(
      lack(
        'extra networks',
        `${name} needs an extra network, whose NIC has one name on all nodes, and ${facts.cluster} has none`,
        createCommand(facts),
      ),
    )
  else if (blocks.length < needs.blocks)
    findings.push(
      lack(
        'addresses',
        `${name} needs ${countOf(needs.blocks, 'free block')} of 16 addresses on the first extra network, and ${blocks.length} are left`,
        'remove a network or a scenario: k8s-local net list, k8s-local scenario list',
      ),
    )
  if (subnets.length < needs.subnets)
    findings.push(
      lack(
        'addresses',
        `${name} needs ${countOf(needs.subnets, 'free subnet')} between 10.100.0.0/24 and 10.199.0.0/24`,
      ),
    )
  return findings
}

/** The same cluster with one extra network more: `create` adds what is missing. */
function createCommand({cluster, record}: ScenarioFacts): string {
  const {controlPlanes, workers, cni, multus, networks} = record
  const flags = [
    ...(controlPlanes > 1 ? [`--control-planes ${controlPlanes}`] : []),
    `--workers ${workers}`,
    `--cni ${cni}`,
    `--multus ${multus}`,
    ...networks.map((network) => `--network ${network.name}`),
    '--network lan',
  ]
  return `k8s-local create ${cluster} ${flags.join(' ')}`
}

/** Plugins that are neither on the nodes nor to be had; ours are copied. */
function pluginFindings(name: ScenarioName, {plugins, artifacts}: ScenarioFacts) {
  const missing = scenarioNamed(name).needs.plugins.filter((plugin) => !plugins.includes(plugin))
  if (missing.length === 0 || artifacts.some((artifact) => artifact.name === 'cni-plugins')) return []
  return [
    lack(
      'nodes',
      `the nodes lack ${missing.join(', ')} in /opt/cni/bin`,
      'copy the CNI plugins into every node, or give a bundle that has them: --bundle DIR',
    ),
  ]
}

/** Namespaces and networks of the scenario's names that somebody else made. */
function strangerFindings(name: ScenarioName, {namespaces, networks, made}: ScenarioFacts) {
  const outline = outlineOf(name)
  const own = made.filter(({scenario}) => scenario === name).map(({ref}) => ref)
  const isOurs = (kind: string, object: string) => own.some((ref) => ref.kind === kind && ref.name === object)
  const taken = outline.namespaces.filter(
    (namespace) => namespaces.includes(namespace) && !isOurs('Namespace', namespace),
  )
  // Configurations on nodes, leases and bridges are named after the network alone.
  const twins = networks.filter((network) =>
    outline.networks.some(
      (one) =>
        one.name === network.name &&
        (one.namespace === network.namespace
          ? !outline.namespaces.includes(one.namespace) && !isOurs('NetworkAttachmentDefinition', one.name)
          : one.name.startsWith('scenario-')),
    ),
  )
  return [
    ...taken.map((namespace) =>
      lack(
        'namespaces',
        `there is a namespace ${namespace} that the scenario did not make`,
        `kubectl delete namespace ${namespace}`,
      ),
    ),
    ...twins.map((network) =>
      lack(
        'networks',
        `there is a network ${network.namespace}/${network.name} that the scenario did not make`,
        `k8s-local net remove ${network.name} --namespace ${network.namespace}`,
      ),
    ),
  ]
}

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}

function lack(at: string, message: string, fix?: string): PreflightFinding {
  return {problem: 'preflight-failed', at, message, ...(fix === undefined ? {} : {fix})}
}
