import type {AttachedPod} from '../checks/attach/attached-pod.ts'
import type {Judge} from '../checks/check.ts'
import type {checks} from '../checks/index.ts'
import type {scenarioChecks} from '../checks/scenario/index.ts'
import type {CheckRequest} from '../steps/check-request.ts'

/** What a scenario can expect: its own judges, and those of verify that look at one pod. */
type Judges = typeof scenarioChecks & Pick<typeof checks, (typeof attachments)[number] | 'primary-unharmed'>

/** What an attachment has to prove. */
const attachments = ['attach-ready', 'attach-listed', 'attachment-real', 'address-unique'] as const

type SubjectOf<J> = J extends Judge<infer S> ? S : never

/** Something that must come true, as data. */
export function expects<N extends keyof Judges>(check: N, subject: SubjectOf<Judges[N]>): CheckRequest {
  return {check, subject}
}

/** A pod starts, and has what it asked for: reported, inside, and with an address of its own. */
export function expectsAttached(pod: AttachedPod): readonly CheckRequest[] {
  return attachments.map((check) => expects(check, pod))
}

/** The second interfaces have taken nothing away from a pod: its default route is still the primary network's, and services answer. */
export function expectsPrimary(namespace: string, pod: string): CheckRequest {
  return expects('primary-unharmed', {namespace, pod, peer: ''})
}

/** An interface of exactly this address and MTU. */
export function expectsInterface(
  {namespace, pod}: {readonly namespace: string; readonly pod: string},
  name: string,
  {address, mtu}: {readonly address: string; readonly mtu: number},
): CheckRequest {
  return expects('interface-is', {namespace, pod, interface: name, address, mtu, mac: ''})
}
