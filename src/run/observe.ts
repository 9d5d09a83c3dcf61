import type {Drivers} from '../drivers/ports.ts'
import type {Facts} from '../plan/facts.ts'
import {observeArtifacts} from './artifact-index/observe-artifacts.ts'
import {observeClusters} from './observe-clusters.ts'
import {readManifests} from './read-manifests.ts'
import {makeRunId} from './run-id.ts'
import {observeWarmImages} from './warm/observe-warm-images.ts'

export interface ObserveOptions {
  /** Absolute path of an offline bundle; absent: online. */
  readonly bundle?: string
  /** The kubeconfig that the user named; absent: the default one. */
  readonly kubeconfig?: string
  readonly signal?: AbortSignal
}

/**
 * Everything that planning needs to know of this machine; changes nothing. Throws engine-missing, engine-unreachable, engine-failed, bundle-invalid,
 * bundle-incomplete.
 */
export async function observe(drivers: Drivers, {bundle, kubeconfig, signal}: ObserveOptions = {}): Promise<Facts> {
  const {engine, host, files} = drivers
  const kubeconfigFile = kubeconfig ?? files.paths.kubeconfig
  const info = await engine.info(signal)
  const [artifacts, manifests, engineNetworks, containers, hostRoutes, limits, diskFree, writable, warmImages] =
    await Promise.all([
      observeArtifacts({bundle, node: info.platform, programs: true, signal}, drivers),
      readManifests(files),
      engine.networks(signal),
      engine.containers('io.x-k8s.kind.cluster', signal),
      host.routes(),
      host.limits(),
      host.diskFree(info.dataRoot),
      files.writable(kubeconfigFile),
      observeWarmImages(engine, signal),
    ])
  return {
    platform: host.platform(),
    engine: {name: 'docker', ...info},
    ...artifacts,
    ...(bundle !== undefined && {bundle}),
    manifests,
    engineNetworks: engineNetworks.map(({name, subnets, labels}) => ({name, subnets, labels})),
    hostRoutes,
    limits,
    ...(diskFree !== undefined && {diskFree}),
    kubeconfig: {file: kubeconfigFile, ...writable},
    clusters: await observeClusters({containers, networks: engineNetworks}, drivers.journal),
    warmImages,
    runId: makeRunId(),
  }
}
