import type {Json, KubernetesObject, ObjectRef} from '../../steps/object.ts'
import type {Finished} from './process.ts'

export interface KubernetesDriver {
  /**
   * GET of an API path (`/api/v1/nodes`): its JSON, or its text where it is none (`/readyz`); undefined for 404. Paths outside
   * /api and /apis are asked once, without patience. Throws api-unreachable, api-forbidden, api-refused.
   */
  get(
    path: string,
    options?: {readonly signal?: AbortSignal; readonly timeoutSeconds?: number},
  ): Promise<Json | undefined>
  /** Undefined when it is not there, or when the cluster does not know the kind. */
  read(ref: ObjectRef, signal?: AbortSignal): Promise<KubernetesObject | undefined>
  /** None when the cluster does not know the kind. */
  list(
    kind: {
      readonly apiVersion: string
      readonly kind: string
      readonly namespace?: string
      readonly labelSelector?: string
    },
    signal?: AbortSignal,
  ): Promise<readonly KubernetesObject[]>
  /** Server-side apply as field manager `k8s-local`, conflicts forced; says whether anything changed (resourceVersion before and after). */
  apply(
    object: KubernetesObject,
    options?: {readonly signal?: AbortSignal; readonly dryRun?: boolean},
  ): Promise<'created' | 'changed' | 'unchanged'>
  /**
   * Strategic merge patch of an object, or of a subresource of it, as field manager `k8s-local`; says whether anything changed. With a
   * `metadata.resourceVersion` in the patch an object that has changed since is refused. A plain merge patch for custom resources. Throws api-refused.
   */
  patch(
    ref: ObjectRef,
    patch: Json,
    options?: {readonly signal?: AbortSignal; readonly subresource?: string},
  ): Promise<'changed' | 'unchanged'>
  /**
   * Deletes; false when it was not there. `graceSeconds` for pods. What depends on it goes later, or first (`withDependents`): then it is gone when they
   * are.
   */
  delete(
    ref: ObjectRef,
    options?: {readonly graceSeconds?: number; readonly withDependents?: boolean; readonly signal?: AbortSignal},
  ): Promise<boolean>
  /**
   * Asks for the end of a pod, with the time that it asks for. `refused`: a disruption budget does not allow it now. A pod of that name with another uid
   * is another pod, and stays. Throws api-refused.
   */
  evict(
    pod: {readonly namespace: string; readonly name: string; readonly uid: string},
    signal?: AbortSignal,
  ): Promise<'evicted' | 'gone' | 'refused'>
  /**
   * Calls `onChange` with the whole current list, first at once and then after every change, until it returns true. Watches (never
   * polls faster than it must), reconnects after 410 and broken streams; a kind that the cluster does not know yet is an empty
   * list. Throws interrupted when the signal aborts, api-unreachable when the API stays away, and what `onChange` throws.
   */
  watch(
    kind: {
      readonly apiVersion: string
      readonly kind: string
      readonly namespace?: string
      readonly fieldSelector?: string
    },
    onChange: (objects: readonly KubernetesObject[]) => boolean,
    signal: AbortSignal,
  ): Promise<void>
  /**
   * A program in a pod's container (first one unless named), over WebSocket; 60 seconds unless said. Throws api-unreachable,
   * api-forbidden, api-refused (no such pod, no such program), wait-timeout, interrupted.
   */
  exec(
    pod: {readonly namespace: string; readonly name: string; readonly container?: string},
    argv: readonly string[],
    options?: {
      readonly signal?: AbortSignal
      readonly timeoutSeconds?: number
      readonly stdin?: string
      /** Every piece of output as it comes. */
      readonly onOutput?: (text: string, stream: 'stdout' | 'stderr') => void
    },
  ): Promise<Finished>
}
