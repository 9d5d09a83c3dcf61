import {Problem} from '../../problem.ts'
import type {ClusterSpec} from '../../spec/cluster-spec.ts'
import type {ActionOf} from '../../steps/action.ts'
import type {Artifact} from '../../steps/artifact.ts'
import type {Plan, StepId} from '../../steps/step.ts'
import type {WarmImage} from '../../steps/warm-image.ts'
import {bundleOnNodes} from '../bundle-on-nodes.ts'
import {chooseArtifacts} from '../choose-artifacts.ts'
import {runDeadlines} from '../deadlines.ts'
import type {Facts} from '../facts.ts'
import {makePlan} from '../make-plan.ts'
import {join, nothing, type Part, single} from '../part.ts'
import {ensureNodeImage, fetchArtifact, pullImages} from '../parts/artifacts.ts'
import {count} from '../parts/kind-cluster.ts'
import {diskReport} from '../preflight.ts'
import {refuse} from '../preflight-finding.ts'
import {findCarried, findWarmImage} from './choose-warm-image.ts'
import {fittingHashes} from './fitting-sets.ts'
import {type WarmSet, warmSetOf} from './warm-set.ts'

export interface WarmNodeInput {
  readonly spec: ClusterSpec
  /** Absolute path of the bundle that is to carry the image. */
  readonly into?: string
}

/**
 * The node image from which a cluster as asked for starts with its images unpacked, in the engine or in the bundle; no step where it is there. Throws one
 * Problem with everything that forbids it: version-unsupported, bundle-incomplete, artifact-unavailable, disk-full, or preflight-failed for several kinds.
 */
export function warmNodeImage({spec, into}: WarmNodeInput, facts: Facts): Plan {
  const choice = chooseArtifacts({spec, facts, probe: false})
  refuse(choice.findings)
  const set = warmSetOf({...spec, artifacts: choice.artifacts})
  if (!set) throw nothingPinned()
  const found = findWarmImage(set.image, facts.warmImages)
  const carried = findCarried(set.image, facts.artifacts)
  const {part, needs} = inEngine(set, {isThere: found?.isTrue === true, carried, into}, facts)
  refuse(diskReport(needs, facts).findings)
  const saved = into === undefined || carried ? nothing : save(set, {into, after: part.done}, facts)
  return makePlan({
    title: `Make a warm node image of Kubernetes ${set.node.version}${into === undefined ? '' : ', and save it in the bundle'}`,
    cluster: '',
    steps: [...part.steps, ...saved.steps],
    timeoutSeconds: runDeadlines.warm,
    notes: [
      ...choice.notes,
      ...stateNotes(set.image, {found, isSaved: into !== undefined && carried !== undefined}),
      ...set.leftOut.map(leftOutText),
    ],
  })
}

/** What brings the image into the engine, and the bytes that it needs there. For a bundle that carries it the engine need not have it. */
function inEngine(
  set: WarmSet,
  {
    isThere,
    carried,
    into,
  }: {readonly isThere: boolean; readonly carried: Artifact | undefined; readonly into: string | undefined},
  facts: Facts,
): {readonly part: Part; readonly needs: number} {
  if (isThere || (carried && into !== undefined)) return {part: nothing, needs: 0}
  if (carried) return {part: ensureNodeImage(carried, set.image), needs: carried.size ?? 2 * gibibyte}
  return {part: build(set, facts), needs: bytesNeeded(set)}
}

function stateNotes(
  {reference}: WarmImage,
  {found, isSaved}: {readonly found: ReturnType<typeof findWarmImage>; readonly isSaved: boolean},
): readonly string[] {
  if (isSaved) return [`${reference} is in the bundle`]
  if (!found) return []
  return found.isTrue
    ? [`${reference} is there`]
    : [`${reference} is made anew: the labels of the one that is there do not say what its name promises`]
}

function leftOutText({name, version}: Artifact): string {
  return `${name} ${version} is left out: without a digest nobody could say later which one is in the image`
}

function build(set: WarmSet, facts: Facts): Part {
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
  const id = 'warm-image'
  return {steps: [...got.steps, {id, title, action, after: got.done}], done: [id]}
}

function save(
  {image, node}: WarmSet,
  {into, after}: {readonly into: string; readonly after: readonly StepId[]},
  {artifacts}: Facts,
): Part {
  return single({
    id: 'save-warm-image',
    title: `Save ${image.reference} in the bundle`,
    action: {type: 'save-warm-image', image, node, bundle: into, fitting: fittingHashes(artifacts)},
    after,
  })
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
