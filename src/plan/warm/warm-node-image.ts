import {Problem} from '../../problem.ts'
import type {ClusterSpec} from '../../spec/cluster-spec.ts'
import type {ActionOf} from '../../steps/action.ts'
import type {Artifact} from '../../steps/artifact.ts'
import type {Plan} from '../../steps/step.ts'
import type {WarmImage} from '../../steps/warm-image.ts'
import {bundleOnNodes} from '../bundle-on-nodes.ts'
import {chooseArtifacts} from '../choose-artifacts.ts'
import {runDeadlines} from '../deadlines.ts'
import type {Facts} from '../facts.ts'
import {makePlan} from '../make-plan.ts'
import {join, nothing} from '../part.ts'
import {ensureNodeImage, fetchArtifact, pullImages} from '../parts/artifacts.ts'
import {count} from '../parts/kind-cluster.ts'
import {diskReport} from '../preflight.ts'
import {refuse} from '../preflight-finding.ts'
import {findWarmImage} from './choose-warm-image.ts'
import {type WarmSet, warmSetOf} from './warm-set.ts'

/**
 * The node image from which a cluster as asked for starts with its images unpacked; no step where it is there. Throws one Problem with everything that
 * forbids it: version-unsupported, bundle-incomplete, artifact-unavailable, disk-full, or preflight-failed for several kinds.
 */
export function warmNodeImage({spec}: {readonly spec: ClusterSpec}, facts: Facts): Plan {
  const choice = chooseArtifacts({spec, facts, probe: false})
  refuse(choice.findings)
  const set = warmSetOf({...spec, artifacts: choice.artifacts})
  if (!set) throw nothingPinned()
  const found = findWarmImage(set.image, facts.warmImages)
  const isThere = found?.isTrue === true
  if (!isThere) refuse(diskReport(bytesNeeded(set), facts).findings)
  return makePlan({
    title: `Make a warm node image of Kubernetes ${set.node.version}`,
    cluster: '',
    steps: isThere ? [] : steps(set, facts),
    timeoutSeconds: runDeadlines.warm,
    notes: [...choice.notes, ...(found ? [foundText(set.image, found)] : []), ...set.leftOut.map(leftOutText)],
  })
}

function foundText({reference}: WarmImage, {isTrue}: {readonly isTrue: boolean}): string {
  return isTrue
    ? `${reference} is there`
    : `${reference} is made anew: the labels of the one that is there do not say what its name promises`
}

function leftOutText({name, version}: Artifact): string {
  return `${name} ${version} is left out: without a digest nobody could say later which one is in the image`
}

function steps(set: WarmSet, facts: Facts): Plan['steps'] {
  const {image, node, images, plugins} = set
  const seen = bundleOnNodes(facts)
  const got = join(
    ensureNodeImage(node),
    pullImages('pull', 'the warm node image', images),
    plugins ? fetchArtifact(plugins) : nothing,
  )
  const action: ActionOf<'build-warm-image'> = {
    type: 'build-warm-image',
    image,
    node,
    images,
    ...(plugins && {plugins}),
    ...(seen && {seen}),
  }
  const title = `Make ${image.reference}, with ${count(images.length, 'image')} unpacked in it`
  return [...got.steps, {id: 'warm-image', title, action, after: got.done}]
}

const gibibyte = 2 ** 30

/**
 * Bytes, measured with the lab's bundle: what images unpack to is about three times their compressed size, and it lies three times in the engine for a
 * moment: in the store of the build, in the container, in the image.
 */
function bytesNeeded({node, images}: WarmSet): number {
  const packed = images.reduce((sum, {size}) => sum + (size ?? 0.1 * gibibyte), 0)
  return (node.origin.kind === 'engine' ? 0 : (node.size ?? gibibyte)) + 9 * packed
}

function nothingPinned(): Problem {
  return new Problem('artifact-unavailable', {
    message: 'There is nothing to make a warm node image of',
    cause: 'The node image, or all that would go into it, has no digest: what is in the image could not be told later',
    suggestions: ['Work without one: k8s-local create'],
  })
}
