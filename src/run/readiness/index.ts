import type {Readiness, ReadinessType} from '../../steps/readiness.ts'
import {apiReady} from './api-ready.ts'
import {containerRunning} from './container-running.ts'
import {containerdAnswers} from './containerd-answers.ts'
import {crdEstablished} from './crd-established.ts'
import {fileOnNodes} from './file-on-nodes.ts'
import {jobPodsEnded} from './job-pods-ended.ts'
import {multusFirst} from './multus-first.ts'
import {nodesConfigured} from './nodes-configured.ts'
import {nodesReady} from './nodes-ready.ts'
import {nodesRegistered} from './nodes-registered.ts'
import {nodesRunning} from './nodes-running.ts'
import {podsGone} from './pods-gone.ts'
import {podsInPlace} from './pods-in-place.ts'
import {podsReady} from './pods-ready.ts'
import {rollout} from './rollout.ts'
import type {WaitContext, Waiter} from './wait-context.ts'

/** Key = type of the readiness = file name. */
const waiters = {
  'nodes-running': nodesRunning,
  'nodes-configured': nodesConfigured,
  'containerd-answers': containerdAnswers,
  'api-ready': apiReady,
  'nodes-registered': nodesRegistered,
  'nodes-ready': nodesReady,
  rollout,
  'file-on-nodes': fileOnNodes,
  'multus-first': multusFirst,
  'crd-established': crdEstablished,
  'pods-ready': podsReady,
  'container-running': containerRunning,
  'pods-in-place': podsInPlace,
  'job-pods-ended': jobPodsEnded,
  'pods-gone': podsGone,
} satisfies {readonly [T in ReadinessType]: Waiter<T>}

/** Waits until it is ready; true when the first look found it so. Ends when the context's signal aborts. */
export function waitUntil(readiness: Readiness, context: WaitContext): Promise<boolean> {
  // The registry's type pairs each key with its own member; TypeScript cannot follow that through a lookup by union.
  const waiter = waiters[readiness.type] as (readiness: Readiness, context: WaitContext) => Promise<boolean>
  return waiter(readiness, context)
}
