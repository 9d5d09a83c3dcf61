import type {Artifact} from '../../steps/artifact.ts'
import type {Step, StepId} from '../../steps/step.ts'
import type {WarmImage} from '../../steps/warm-image.ts'
import {nothing, type Part, single} from '../part.ts'

/** Gets a file into the cache; nothing to do for one that lies in a bundle or on PATH already. The run checks a bundle's checksums when it reads it. */
export function fetchArtifact(artifact: Artifact): Part {
  if (artifact.origin.kind === 'path') return nothing
  const verb = artifact.origin.kind === 'bundle' ? 'Check' : 'Fetch'
  return single({
    id: `fetch:${artifact.name}`,
    title: `${verb} ${titleOf(artifact)} ${artifact.version}`,
    action: {type: 'fetch-artifact', artifact},
    after: [],
  })
}

/** `warm`: what a warm image that is loaded has to say of itself. */
export function ensureNodeImage(artifact: Artifact, warm?: WarmImage): Part {
  return single({
    id: 'node-image',
    title: `${verbOf(artifact)} the ${warm ? 'warm ' : ''}node image of Kubernetes ${artifact.version}`,
    action: {type: 'ensure-engine-image', artifact, ...(warm && {warm})},
    after: [],
  })
}

/** Pulls those images that come from a registry into the engine; the others are read where they lie. */
export function pullImages(id: StepId, what: string, artifacts: readonly Artifact[]): Part {
  const remote = artifacts.filter(({origin}) => origin.kind === 'online')
  if (remote.length === 0) return nothing
  const step: Step = {
    id,
    title: `Pull the images of ${what}`,
    action: {type: 'pull-images', artifacts: remote},
    after: [],
  }
  return single(step)
}

/** In front of several control planes kind starts a container of this image, and would pull it itself if the engine had none. */
export function ensureLoadBalancer(artifact: Artifact): Part {
  return single({
    id: 'load-balancer-image',
    title: `${verbOf(artifact)} the load balancer of the control planes, ${artifact.version}`,
    action: {type: 'ensure-engine-image', artifact},
    after: [],
  })
}

function verbOf({origin}: Artifact): string {
  return {bundle: 'Load', online: 'Pull', engine: 'Find', path: 'Find'}[origin.kind]
}

function titleOf({name}: Artifact): string {
  return (
    {'cni-plugins': 'the CNI plugins', 'cilium-chart': "Cilium's chart", 'calico-manifest': "Calico's manifest"}[
      name as string
    ] ?? name
  )
}
