import type {Drivers} from '../drivers/ports.ts'
import type {TargetFacts} from '../plan/facts.ts'
import {observeArtifacts} from './artifact-index/observe-artifacts.ts'
import {readManifests} from './read-manifests.ts'
import {makeRunId} from './run-id.ts'
import {heldOnNodes} from './target/held-on-nodes.ts'
import {lookAtTarget, type LookOptions} from './target/look-at-target.ts'

export interface TargetOptions extends LookOptions {
  /** Absolute path of an offline bundle; absent: online. */
  readonly bundle?: string
}

/** Everything that planning needs to know of one running cluster; changes nothing. Throws what `lookAtTarget` throws, and bundle-invalid, bundle-incomplete. */
export async function observeTarget(drivers: Drivers, {bundle, ...options}: TargetOptions): Promise<TargetFacts> {
  const [{images, platform, ...view}, manifests] = await Promise.all([
    lookAtTarget(drivers, options),
    readManifests(drivers.files),
  ])
  const look = {node: platform, programs: false, signal: options.signal}
  const {artifacts} = await observeArtifacts({...look, bundle}, drivers)
  // A bundle lies here, and the nodes do not: what they can have is what kubelets can pull.
  const pulled =
    bundle === undefined || view.nodesHere
      ? []
      : (await observeArtifacts({...look, bundle: undefined}, drivers)).artifacts
  const all = [...artifacts, ...pulled.filter(({name}) => name === 'probe')]
  return {
    ...view,
    artifacts: heldOnNodes(all, {images, platform}),
    manifests,
    runId: makeRunId(),
  }
}
