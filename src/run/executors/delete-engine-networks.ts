import type {Executor} from '../executor.ts'

/** No engine network carries the cluster's label. */
export const deleteEngineNetworks: Executor<'delete-engine-networks'> = async (
  {cluster},
  {drivers: {engine}, signal},
) => {
  const networks = await engine.networks(signal)
  const ours = networks.filter(({labels}) => labels['k8s-local.dev/cluster'] === cluster)
  for (const {name} of ours) await engine.removeNetwork(name)
  return {already: ours.length === 0}
}
