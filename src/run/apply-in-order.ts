import type {KubernetesDriver} from '../drivers/ports.ts'
import {Problem} from '../problem.ts'
import type {KubernetesObject} from '../steps/object.ts'
import type {StepContext} from './executor.ts'
import {inParallel} from './in-parallel.ts'

/** Requests at a time. */
const atOnce = 8
/** Seconds for which a kind that the API does not serve yet is tried again: a new CRD takes a moment. */
const retrySeconds = 15
const retryEvery = 250

/** Applies namespaces and custom resource definitions first, then all else at once; true when nothing changed. Throws api-refused and the like, naming the object. */
export async function applyInOrder(objects: readonly KubernetesObject[], context: StepContext): Promise<boolean> {
  const kubernetes = await context.kubernetes()
  const first = objects.filter(({kind}) => kind === 'Namespace' || kind === 'CustomResourceDefinition')
  const rest = objects.filter((object) => !first.includes(object))
  const changes = []
  for (const group of [first, rest])
    changes.push(...(await inParallel(group, (object) => applyOne(object, kubernetes, context), atOnce)))
  return changes.every((change) => change === 'unchanged')
}

async function applyOne(
  object: KubernetesObject,
  kubernetes: KubernetesDriver,
  {drivers: {clock}, signal, note}: StepContext,
): Promise<'created' | 'changed' | 'unchanged'> {
  const deadline = clock.now() + retrySeconds * 1000
  for (;;) {
    try {
      return await kubernetes.apply(object, {signal})
    } catch (error) {
      if (signal.aborted || !isPassing(error) || clock.now() > deadline) throw error
      note(`${object.kind} ${object.metadata.name}: ${error.data.message}`)
      await clock.sleep(retryEvery, signal)
    }
  }
}

/** A refusal that passes by itself: a kind not served yet, a service account or namespace still being made, a webhook or the API away for a moment. */
function isPassing(error: unknown): error is Problem {
  if (!(error instanceof Problem)) return false
  const {name, message, cause = ''} = error.data
  if (name === 'api-unreachable') return true
  return (
    name === 'api-refused' &&
    /no matches for kind|could not find the requested resource|\b404\b|not found|failed calling webhook/i.test(
      `${message}\n${cause}`,
    )
  )
}
