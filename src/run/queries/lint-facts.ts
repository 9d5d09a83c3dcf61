import type {Drivers, KubernetesDriver} from '../../drivers/ports.ts'
import type {LintFacts, LintNode, MachineSubnet} from '../../lint/scene.ts'
import {targetLooks} from '../../plan/rights/observation.ts'
import type {TargetFacts} from '../../plan/facts.ts'
import {inParallel} from '../in-parallel.ts'
import {nodeInterfaces} from '../node-interfaces.ts'

interface Look {
  readonly drivers: Drivers
  readonly kubernetes: KubernetesDriver
  readonly signal: AbortSignal
}

/** What rules want to know of a cluster beyond what every command observes: all NICs of the nodes, who runs them, the version of Multus, and what this machine has routes to. */
export async function observeLintFacts(facts: TargetFacts, look: Look): Promise<LintFacts> {
  const {kubernetes, signal} = look
  const [nodes, daemonSets] = await Promise.all([
    observeNodes(facts, look),
    kubernetes.list(targetLooks.systemDaemonSets, signal),
  ])
  const multus = daemonSets.find(({metadata}) => metadata.name.startsWith('kube-multus-ds'))
  const version = multus && /multus-cni[^"]*:v?(\d+\.\d+\.\d+)/.exec(JSON.stringify(multus['spec']))?.[1]
  const isHere = nodes.some(({interfaces}) => interfaces.length > 0)
  return {
    cluster: facts.cluster,
    nodes,
    podSubnet: facts.record.podSubnet,
    serviceSubnet: facts.record.serviceSubnet,
    plugins: facts.plugins,
    namespaces: facts.namespaces,
    machine: isHere ? await observeMachine(new Set(nodes.map(({name}) => name)), look) : [],
    ...(facts.isolation && {isolation: facts.isolation}),
    ...(version !== undefined && {multusVersion: version}),
  }
}

async function observeNodes({nodes}: TargetFacts, {drivers, kubernetes, signal}: Look): Promise<readonly LintNode[]> {
  const objects = await kubernetes.list({apiVersion: 'v1', kind: 'Node'}, signal)
  return inParallel(nodes, async ({name, resources}) => {
    const {providerID = ''} = (objects.find(({metadata}) => metadata.name === name)?.['spec'] ?? {}) as {
      readonly providerID?: string
    }
    return {
      name,
      // A node that is no container here cannot be looked into; its NICs are then unknown.
      interfaces: await nodeInterfaces({drivers, signal}, name).catch(() => []),
      resources,
      provider: providerID.includes(':') ? (providerID.split(':')[0] ?? '') : '',
    }
  })
}

/** The engine's networks, and the routes of this machine that are none of them. */
async function observeMachine(
  nodes: ReadonlySet<string>,
  {drivers: {engine, host}, signal}: Look,
): Promise<readonly MachineSubnet[]> {
  const [networks, routes] = await Promise.all([engine.networks(signal), host.routes()])
  const known = networks.flatMap(({name, subnets, containers}) =>
    subnets.map((subnet) => ({
      subnet,
      owner: `the engine network ${name}`,
      hasNodes: containers.some((container) => nodes.has(container)),
    })),
  )
  const taken = new Set(known.map(({subnet}) => subnet))
  const others = [...new Set(routes)].filter((route) => !taken.has(route))
  return [...known, ...others.map((subnet) => ({subnet, owner: 'a route of this machine', hasNodes: false}))]
}
