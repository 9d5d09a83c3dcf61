import {basename} from 'node:path'
import type {Drivers} from '../../drivers/ports.ts'
import {Problem} from '../../problem.ts'
import type {ChosenTarget} from '../choose-target.ts'
import {findNetwork} from '../find-network.ts'
import {type NetworkLooker, nodeConfigsOf, observeNetworks} from '../target/observe-networks.ts'
import {kindSite} from './kind-site.ts'
import {type TrialNetwork, type TriedNetwork, tryNetworks} from './try-networks.ts'
import {whereaboutsLeases} from '../whereabouts-leases.ts'

/** A network to try: one of the cluster by name, or one that was written down. */
export type TrialSource =
  | {readonly namespace: string; readonly name: string}
  | {readonly file: string; readonly namespace: string; readonly name: string; readonly config: string}

export interface TrialOptions {
  readonly signal: AbortSignal
  readonly seconds: number
  /** Only these nodes; all otherwise. */
  readonly nodes: readonly string[]
  readonly ip?: string
  readonly mac?: string
}

/** Rehearses networks on the nodes of a kind cluster. Throws rehearsal-impossible, network-not-found, invalid-input, and what `tryNetworks` throws. */
export async function tryOnCluster(
  sources: readonly TrialSource[],
  {cluster, target, signal, nodes, seconds, ...wishes}: TrialOptions & ChosenTarget,
  drivers: Drivers,
): Promise<readonly TriedNetwork[]> {
  const [kubernetes, all] = await Promise.all([
    drivers.kubernetes(target.kubeconfig, target.context),
    drivers.engine.containers(`io.x-k8s.kind.cluster=${cluster}`, signal),
  ])
  const containers = all
    .filter(({state, labels}) => state === 'running' && labels['io.x-k8s.kind.role'] !== 'external-load-balancer')
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en', {numeric: true}))
  const chosen = chooseNodes(
    containers.map(({name}) => name),
    nodes,
    cluster,
  )
  const looker: NetworkLooker = {
    drivers,
    kubernetes,
    containers: containers.filter(({name}) => chosen.includes(name)),
    signal,
  }
  const networks = await toTrials(sources, looker)
  return await tryNetworks(
    networks,
    {sites: chosen.map((node) => kindSite(node, drivers)), ...wishes},
    {
      clock: drivers.clock,
      signal,
      seconds,
      findLeases: async (ids) => {
        // After an interrupt too: what stayed is to be told.
        const leases = await whereaboutsLeases(kubernetes, new AbortController().signal)
        const ours = leases.filter(({containerId}) => ids.includes(containerId))
        return Object.fromEntries(
          ours.map(({containerId, pool, offset}) => [containerId, `lease ${offset} in IPPool ${pool}`]),
        )
      },
    },
  )
}

/** `storage (networks.yaml)`. */
export function writtenLabel({file, name}: {readonly file: string; readonly name: string}): string {
  return `${name} (${file === '-' ? 'stdin' : basename(file)})`
}

function chooseNodes(all: readonly string[], wanted: readonly string[], cluster: string): readonly string[] {
  if (all.length === 0) {
    throw new Problem('rehearsal-impossible', {
      message: `No node of ${cluster} is a running container of this engine`,
      suggestions: ['k8s-local list', 'k8s-local net try FILE --host'],
    })
  }
  const unknown = wanted.filter((name) => !all.includes(name))
  if (unknown.length > 0) {
    throw new Problem('invalid-input', {
      message: `There is no node ${unknown.join(', ')}`,
      suggestions: [`Use: ${all.join(', ')}`],
    })
  }
  return wanted.length > 0 ? wanted : all
}

async function toTrials(sources: readonly TrialSource[], looker: NetworkLooker): Promise<readonly TrialNetwork[]> {
  const named = sources.some((source) => !('file' in source)) ? await observeNetworks(looker) : []
  const nodes = looker.containers.map(({name}) => name)
  return await Promise.all(
    sources.map(async (source): Promise<TrialNetwork> => {
      const {name, namespace} = source
      const {config, nodeConfigs} =
        'file' in source
          ? {config: source.config, nodeConfigs: source.config === '' ? await nodeConfigsOf(name, looker) : {}}
          : findNetwork(source, named)
      const label = 'file' in source ? writtenLabel(source) : `${namespace}/${name}`
      return {
        label,
        name,
        namespace,
        configs: config === '' ? nodeConfigs : Object.fromEntries(nodes.map((node) => [node, config])),
      }
    }),
  )
}
