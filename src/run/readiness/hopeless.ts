import type {Clock} from '../../drivers/ports.ts'
import type {KubernetesObject} from '../../steps/object.ts'
import {type ContainerTrouble, waitingContainers} from './pod-trouble.ts'

/** Seconds for which an image may be refused: a registry may hiccup, and an import may be under way. */
const imageSeconds = 20
/** Restarts after which a container that crashes is not expected to recover; the back-off has then taken more than 70 s. */
const crashes = 3

const imageReasons: ReadonlySet<string> = new Set([
  'ErrImageNeverPull',
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
])

/** Finds the container, among pods that it is shown again and again, that will not start however long one waits. */
export function makeHopelessFinder(clock: Clock): (pods: readonly KubernetesObject[]) => ContainerTrouble | undefined {
  const imageTroubleSince = new Map<string, number>()
  return (pods) => {
    const troubles = pods.flatMap(waitingContainers)
    const refused = new Set(troubles.filter(({reason}) => imageReasons.has(reason)).map(keyOf))
    for (const key of imageTroubleSince.keys()) if (!refused.has(key)) imageTroubleSince.delete(key)
    for (const key of refused) if (!imageTroubleSince.has(key)) imageTroubleSince.set(key, clock.now())
    return troubles.find((trouble) => {
      if (trouble.reason === 'CrashLoopBackOff') return trouble.restarts >= crashes
      const since = imageTroubleSince.get(keyOf(trouble))
      return since !== undefined && clock.now() - since > imageSeconds * 1000
    })
  }
}

export function isImageTrouble({reason}: ContainerTrouble): boolean {
  return imageReasons.has(reason)
}

function keyOf({namespace, pod, container}: ContainerTrouble): string {
  return `${namespace}/${pod}/${container}`
}
