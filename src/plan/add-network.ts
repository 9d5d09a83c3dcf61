import {type IpamName, ipams} from '../catalog/ipam/index.ts'
import type {IpamOption} from '../catalog/ipam/ipam-option.ts'
import {Problem} from '../problem.ts'
import type {NetworkSpec} from '../spec/network-spec.ts'
import type {Plan, Step} from '../steps/step.ts'
import {runDeadlines} from './deadlines.ts'
import type {TargetFacts} from './facts.ts'
import {makePlan} from './make-plan.ts'
import {siteOfTarget} from './network-site.ts'
import {join, nothing, type Part, single} from './part.ts'
import {installIpam} from './parts/ipam.ts'
import {makeNetwork} from './parts/network.ts'
import {copyPlugins} from './parts/plugins.ts'
import {refuse} from './preflight-finding.ts'
import {resolveNetwork} from './resolve-network.ts'
import type {ResolvedNetwork} from './resolved-network.ts'
import {needMultus} from './target-cluster.ts'

export interface AddNetworkInput {
  readonly spec: NetworkSpec
  /** Seconds for the whole run. */
  readonly timeoutSeconds?: number
}

/**
 * One network that pods can attach to, with what it needs on the nodes and in the cluster.
 * Throws invalid-input with all findings, network-exists, multus-missing, artifact-unavailable, preflight-failed (a plugin that nobody has).
 */
export function addNetwork({spec, timeoutSeconds}: AddNetworkInput, facts: TargetFacts): Plan {
  needMultus(facts)
  const network = resolveNetwork(spec, siteOfTarget(facts))
  refuseNamespace(spec, facts)
  refuseOther(network, facts)
  const needed = join(pluginPart(network, facts), ipamPart(network.ipam, facts))
  return makePlan({
    title: `Add the ${spec.type} network ${spec.namespace}/${spec.name}`,
    cluster: facts.cluster,
    steps: [...needed.steps, ...makeNetwork(network, needed.done).steps],
    timeoutSeconds: timeoutSeconds ?? runDeadlines.change,
    notes: network.notes,
  })
}

/** The network as it would be, for `--output yaml`. Throws what `addNetwork` throws. */
export function previewNetwork({spec}: AddNetworkInput, facts: TargetFacts): ResolvedNetwork {
  return resolveNetwork(spec, siteOfTarget(facts))
}

function refuseNamespace({namespace}: NetworkSpec, {namespaces}: TargetFacts): void {
  if (namespaces.includes(namespace)) return
  throw new Problem('invalid-input', {
    message: `There is no namespace ${namespace}`,
    suggestions: [`kubectl create namespace ${namespace}`],
    findings: [
      {at: '--namespace', message: `there is no namespace ${namespace}`, fix: `kubectl create namespace ${namespace}`},
    ],
  })
}

/** A network of the name that is otherwise: pods hold addresses of it, so it is not changed under them. */
function refuseOther(network: ResolvedNetwork, {networks}: TargetFacts): void {
  const there = networks.find(({namespace, name}) => namespace === network.namespace && name === network.name)
  if (!there) return
  const same = network.nodeFiles
    ? Object.entries(network.nodeFiles.files).every(([node, text]) => sameJson(there.nodeConfigs[node] ?? '', text))
    : sameJson(there.config, network.config)
  if (same) return
  const reference = `${network.namespace}/${network.name}`
  throw new Problem('network-exists', {
    message: `The network ${reference} exists, and is not as asked for`,
    cause: there.config === '' ? (Object.values(there.nodeConfigs)[0] ?? 'it has no configuration') : there.config,
    suggestions: [
      `k8s-local net remove ${network.name} --namespace ${network.namespace}, then add it again`,
      'choose another name',
    ],
  })
}

function sameJson(one: string, other: string): boolean {
  return canonical(one) === canonical(other)
}

/** JSON with sorted keys; a text that is not JSON is only like itself. */
function canonical(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), (_, value: unknown) =>
      isObject(value) ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => a.localeCompare(b))) : value,
    )
  } catch {
    return text
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Plugins that a node lacks: ours can be copied, others are the user's to bring. */
function pluginPart({plugins, ipam}: ResolvedNetwork, {plugins: present, artifacts, nodes}: TargetFacts): Part {
  const installed: readonly string[] = (ipams[ipam] as IpamOption).needs ? ipams[ipam].plugins : []
  const missing = plugins.filter((plugin) => !present.includes(plugin) && !installed.includes(plugin))
  if (missing.length === 0) return nothing
  const archive = artifacts.find(({name}) => name === 'cni-plugins')
  if (!archive) {
    refuse([
      {
        problem: 'preflight-failed',
        at: 'nodes',
        message: `the nodes lack ${missing.join(', ')} in /opt/cni/bin`,
        fix: 'copy the CNI plugins into every node, or give a bundle that has them: --bundle DIR',
      },
    ])
    return nothing
  }
  return copyPlugins(
    archive,
    nodes.map(({name}) => name),
    [],
  )
}

function ipamPart(ipam: IpamName, {plugins, artifacts, manifests, nodes}: TargetFacts): Part {
  const {needs}: IpamOption = ipams[ipam]
  if (!needs || ipams[ipam].plugins.every((plugin) => plugins.includes(plugin))) return nothing
  const images = needs.images.flatMap((name) => artifacts.find((artifact) => artifact.name === name) ?? [])
  const remote = images.filter(({origin}) => origin.kind === 'online')
  const pull: readonly Step[] =
    remote.length > 0
      ? [
          {
            id: 'pull:ipam',
            title: `Pull the images of ${ipam}`,
            action: {type: 'pull-images', artifacts: remote},
            after: [],
          },
        ]
      : []
  const imported = single({
    id: 'import:ipam',
    title: `Import the images of ${ipam} into the nodes`,
    action: {type: 'import-images', artifacts: images, nodes: nodes.map(({name}) => name)},
    after: pull.map(({id}) => id),
  })
  const installed = installIpam({ipam, images, manifests, after: imported.done, readyAfter: []})
  return {steps: [...pull, ...imported.steps, ...installed.steps], done: installed.done}
}
