import type {KubernetesObject} from '../steps/object.ts'
import {imageName} from '../steps/artifact.ts'
import type {Plan, Step} from '../steps/step.ts'
import {deadlines, runDeadlines} from './deadlines.ts'
import type {TargetFacts} from './facts.ts'
import {makePlan} from './make-plan.ts'
import {probeImage, probeImageOn} from './parts/probe-image.ts'

export interface DebugContainerInput {
  readonly pod: KubernetesObject
  /** An image of the user's choice instead of the probe image. */
  readonly image?: string
}

/** A container beside those of a running pod, in the same network. */
export interface DebugContainer {
  readonly name: string
  readonly image: string
  /** Brings it into the pod; absent: it runs already. */
  readonly plan?: Plan
}

/**
 * A container with network tools in a pod whose image lacks them: one that was added before and still runs, else a new one. It cannot be taken away
 * again while the pod lives (Kubernetes, ephemeral containers), so it ends by itself after an hour. Throws artifact-unavailable.
 */
export function debugContainer({pod, image}: DebugContainerInput, facts: TargetFacts): DebugContainer {
  const probe = image === undefined ? probeImage(facts.artifacts) : undefined
  const wanted = image ?? (probe ? imageName(probe) : '')
  const before = ephemeralOf(pod)
  const running = before.find((one) => one.image === wanted && one.isRunning && one.name.startsWith(prefix))
  if (running) return {name: running.name, image: wanted}
  const name = `${prefix}${before.length + 1}`
  const images = probe ? probeImageOn(probe, [nodeOf(pod)]) : {steps: [], done: []}
  return {name, image: wanted, plan: planOf(pod, {name, image: wanted}, images, facts)}
}

const prefix = 'k8s-local-debug-'
const seconds = '3600'

function planOf(
  {metadata}: KubernetesObject,
  {name, image}: Pick<DebugContainer, 'name' | 'image'>,
  images: ReturnType<typeof probeImageOn>,
  {cluster}: TargetFacts,
): Plan {
  const namespace = metadata.namespace ?? 'default'
  const pod = metadata.name
  const container = {
    name,
    image,
    imagePullPolicy: 'IfNotPresent',
    command: ['sleep', seconds],
    securityContext: {capabilities: {add: ['NET_ADMIN', 'NET_RAW']}},
  }
  const add: Step = {
    id: 'debug-container',
    title: `Add a container with network tools to the pod ${namespace}/${pod}`,
    action: {
      type: 'patch-object',
      ref: {apiVersion: 'v1', kind: 'Pod', namespace, name: pod},
      subresource: 'ephemeralcontainers',
      patch: {spec: {ephemeralContainers: [container]}},
    },
    after: images.done,
  }
  const runs: Step = {
    id: 'debug-container-runs',
    title: `Wait until ${name} runs`,
    action: {
      type: 'wait',
      for: {type: 'container-running', namespace, pod, container: name},
      timeoutSeconds: deadlines.testPod,
      onTimeout: 'fail',
    },
    after: [add.id],
  }
  return makePlan({
    title: `Add network tools to the pod ${namespace}/${pod}`,
    cluster,
    steps: [...images.steps, add, runs],
    timeoutSeconds: runDeadlines.change,
  })
}

interface Ephemeral {
  readonly name: string
  readonly image: string
  readonly isRunning: boolean
}

function ephemeralOf(pod: KubernetesObject): readonly Ephemeral[] {
  const {ephemeralContainers = []} = (pod['spec'] ?? {}) as {
    readonly ephemeralContainers?: readonly {readonly name: string; readonly image?: string}[]
  }
  const {ephemeralContainerStatuses = []} = (pod['status'] ?? {}) as {
    readonly ephemeralContainerStatuses?: readonly {
      readonly name: string
      readonly state?: {readonly running?: object}
    }[]
  }
  const runs = (name: string) => ephemeralContainerStatuses.some((one) => one.name === name && one.state?.running)
  return ephemeralContainers.map(({name, image = ''}) => ({name, image, isRunning: runs(name)}))
}

function nodeOf(pod: KubernetesObject): string {
  const {nodeName = ''} = (pod['spec'] ?? {}) as {readonly nodeName?: string}
  return nodeName
}
