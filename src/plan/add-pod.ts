import {Problem} from '../problem.ts'
import type {TestPodSpec} from '../spec/pod-spec.ts'
import {type Artifact, imageName} from '../steps/artifact.ts'
import type {Plan, Step} from '../steps/step.ts'
import {testPod} from '../templates/test-pod.ts'
import {deadlines, runDeadlines} from './deadlines.ts'
import type {TargetFacts} from './facts.ts'
import {makePlan} from './make-plan.ts'
import type {Part} from './part.ts'
import {podFindings, placeOf} from './pod-findings.ts'
import {refuse} from './preflight-finding.ts'
import {needMultus} from './target-cluster.ts'

export interface AddPodInput {
  readonly spec: TestPodSpec
  /** Seconds for the whole run. */
  readonly timeoutSeconds?: number
}

/**
 * A pod with network tools on the networks asked for. What would leave it in ContainerCreating for ever is refused before the API is asked.
 * Throws multus-missing, pod-exists, artifact-unavailable (no probe image), and invalid-input with all findings.
 */
export function addPod({spec, timeoutSeconds}: AddPodInput, facts: TargetFacts): Plan {
  if (spec.attachments.length > 0) needMultus(facts)
  refuseTwin(spec, facts)
  refuse(podFindings(spec, facts))
  const node = placeOf(spec, facts)
  const image = probeImage(facts.artifacts)
  const images = probeImageOn(image, node === undefined ? facts.nodes.map(({name}) => name) : [node])
  const pod: Step = {
    id: 'pod',
    title: `Create the pod ${spec.namespace}/${spec.name}${node === undefined ? '' : ` on ${node}`}`,
    action: {
      type: 'apply-objects',
      objects: [testPod({...spec, ...(node === undefined ? {} : {node}), image: imageName(image)})],
    },
    after: images.done,
  }
  const ready: Step = {
    id: 'pod-ready',
    title: `Wait until ${spec.name} is Ready`,
    action: {
      type: 'wait',
      for: {type: 'pods-ready', namespace: spec.namespace, names: [spec.name]},
      timeoutSeconds: deadlines.testPod,
      onTimeout: 'fail',
    },
    after: [pod.id],
  }
  return makePlan({
    title: `Add the pod ${spec.namespace}/${spec.name}`,
    cluster: facts.cluster,
    steps: [...images.steps, pod, ready],
    timeoutSeconds: timeoutSeconds ?? runDeadlines.change,
  })
}

/** The image with network tools. Throws artifact-unavailable. */
export function probeImage(artifacts: readonly Artifact[]): Artifact {
  const image = artifacts.find(({name}) => name === 'probe')
  if (image) return image
  throw new Problem('artifact-unavailable', {
    message: 'The image with network tools (probe) cannot be had',
    suggestions: ['use a bundle that has it: --bundle DIR'],
  })
}

/** The probe image on nodes; where it is already, that is found at run time. */
export function probeImageOn(image: Artifact, nodes: readonly string[]): Part {
  const pull: readonly Step[] =
    image.origin.kind === 'online'
      ? [
          {
            id: 'pull:probe',
            title: 'Pull the image with network tools',
            action: {type: 'pull-images', artifacts: [image]},
            after: [],
          },
        ]
      : []
  const load: Step = {
    id: 'import:probe',
    title: 'Import the image with network tools into the nodes',
    action: {type: 'import-images', artifacts: [image], nodes},
    after: pull.map(({id}) => id),
  }
  return {steps: [...pull, load], done: [load.id]}
}

function refuseTwin({namespace, name}: TestPodSpec, {pods}: TargetFacts): void {
  if (!pods.some((pod) => pod.namespace === namespace && pod.name === name)) return
  throw new Problem('pod-exists', {
    message: `The pod ${namespace}/${name} exists`,
    suggestions: [`k8s-local pod remove ${name} --namespace ${namespace}`, 'choose another name'],
  })
}
