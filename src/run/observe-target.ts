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
  const {artifacts} = await observeArtifacts({bundle, node: platform, programs: false, signal: options.signal}, drivers)
  return {
    ...view,
    artifacts: heldOnNodes(artifacts, {images, platform}),
    manifests,
    runId: makeRunId(),
  }
}
