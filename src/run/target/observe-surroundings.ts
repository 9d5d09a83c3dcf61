import type {Drivers, KubernetesDriver} from '../../drivers/ports.ts'
import type {SurroundingFacts, TargetFacts} from '../../plan/facts.ts'
import type {KubernetesObject} from '../../steps/object.ts'
import {defaultNetworkAnnotation, networksAnnotation, runLabel} from '../../templates/labels.ts'
import {observeLintFacts} from '../queries/lint-facts.ts'

interface Look {
  readonly drivers: Drivers
  readonly kubernetes: KubernetesDriver
  readonly signal: AbortSignal
}

/** What only verify wants to know of a cluster; changes nothing. */
export async function observeSurroundings(facts: TargetFacts, look: Look): Promise<SurroundingFacts> {
  const [lint, pods, host] = await Promise.all([
    observeLintFacts(facts, look),
    look.kubernetes.list({apiVersion: 'v1', kind: 'Pod'}, look.signal),
    observeHost(facts, look),
  ])
  return {lint, pods: pods.filter(asksForNetworks), ...(host && {host})}
}

function asksForNetworks({metadata: {annotations = {}, labels = {}}}: KubernetesObject): boolean {
  if (labels[runLabel] !== undefined) return false
  // Misspelt ones are asked for too: rules find those.
  return Object.keys(annotations).some((key) => key === defaultNetworkAnnotation || isLike(key))
}

function isLike(key: string): boolean {
  return key === networksAnnotation || (/k8s\.v1\.cni|cni\.cncf\.io/.test(key) && !key.endsWith('status'))
}

/** Undefined where no node is a container of an engine that answers. */
async function observeHost(facts: TargetFacts, {drivers, signal}: Look): Promise<SurroundingFacts['host']> {
  const {engine, host} = drivers
  try {
    const [containers, networks, info] = await Promise.all([
      engine.containers(`io.x-k8s.kind.cluster=${facts.cluster}`, signal),
      engine.networks(signal),
      engine.info(signal),
    ])
    const names = new Set(facts.nodes.map(({name}) => name))
    const nodes = containers.filter(({name}) => names.has(name))
    if (nodes.length === 0) return undefined
    const [limits, diskFree] = await Promise.all([host.limits(), host.diskFree(info.dataRoot)])
    const own = networks.filter(({labels}) => labels['k8s-local.dev/cluster'] === facts.cluster)
    return {
      engine: info,
      limits,
      ...(diskFree !== undefined && {diskFree}),
      nodeNetworks: own.map(({name, labels, subnets}) => {
        const network = labels['k8s-local.dev/network'] ?? name
        return {
          network,
          engineName: name,
          subnet: subnets[0] ?? '',
          addresses: Object.fromEntries(
            nodes.flatMap((node) => (node.addresses[name] ? [[node.name, node.addresses[name].ip]] : [])),
          ),
          interfaces: [
            ...new Set(
              facts.nodes.flatMap(({nics}) => nics.flatMap((nic) => (nic.network === network ? [nic.interface] : []))),
            ),
          ],
        }
      }),
    }
  } catch (error) {
    if (signal.aborted) throw error
    // An engine that is not there is no fault here: the cluster may be anywhere.
    return undefined
  }
}
