import {boolean, text, withDefault} from './field-kinds.ts'
import type {Fields, RawInput} from './field.ts'
import {placeRequests} from './place-requests.ts'
import {attachFields, podFields} from './pod-fields.ts'
import type {AttachmentSpec} from './pod-spec.ts'
import {collectFields, placeOf, refuse} from './read-fields.ts'
import {readWorkload, type WorkloadReference} from './workload-reference.ts'

/** Which workload's networks are to change, and which of them. */
export interface AttachSpec {
  readonly workload: WorkloadReference
  readonly namespace: string
  readonly attachments: readonly AttachmentSpec[]
  readonly recreate: boolean
}

/** The argument of `pod attach` and its kin. */
export const workloadArgument = text({
  flag: 'workload',
  ask: 'Workload',
  describe: 'deployment/NAME, statefulset/NAME, daemonset/NAME, or the name of a bare pod',
  read: readWorkload,
  wizard: true,
})

const common = {
  namespace: podFields.namespace,
  recreate: withDefault(
    false,
    boolean({
      flag: 'recreate',
      ask: 'Make the pod again',
      describe: 'Delete a bare pod and make it again: the networks of a running pod cannot be changed',
    }),
  ),
} as const satisfies Fields

/** What `pod attach` can be told beside its argument. */
export const attachFlags = {...attachFields, ...common} as const satisfies Fields

/** What `pod detach` can be told beside its argument. */
export const detachFlags = {networks: attachFields.networks, ...common} as const satisfies Fields

export const attachSpecFields = {workload: workloadArgument, ...attachFlags} as const satisfies Fields

/** What is to be attached, or detached, frozen. Throws `invalid-input` with everything that is wrong. */
export function readAttachSpec(raw: RawInput): AttachSpec {
  const {values, findings} = collectFields(attachSpecFields, raw)
  const {workload, namespace, networks, recreate} = values
  const placed = placeRequests(networks, values)
  refuse([...findings, ...placed.faults.map(({key, message}) => ({at: placeOf(attachSpecFields, raw, key), message}))])
  if (workload === undefined) throw new Error('a command asks for its argument before it reads it')
  return Object.freeze({workload, namespace, attachments: Object.freeze(placed.attachments), recreate})
}
