import type {Judge} from '../check.ts'

export type AdmissionSubject = {
  /** What is offered, in words. */
  readonly what: string
  /** Apart from its type the object as it would be applied. */
  readonly object: {readonly apiVersion: string; readonly kind: string; readonly metadata: {readonly name: string}}
  /** A part of what the API must say; empty: it must take the object. */
  readonly refusal: string
}

/** The API takes an object, or refuses it with the right words. Nothing is made: the object is offered as a dry run. */
export const admission: Judge<AdmissionSubject> = {
  title: 'Admission',
  // A new policy, and a new role, come into force a moment after the API has taken them.
  settleSeconds: 8,
  label: ({what}) => what,
  probes: ({object}) => ({answer: {type: 'admission', object}}),
  judge(evidence, {refusal}) {
    const answer = evidence['answer']
    if (answer?.type !== 'admission')
      return {
        status: 'error',
        summary: `could not offer it: ${answer?.type === 'failed' ? answer.reason : 'nothing was seen'}`,
      }
    if (refusal === '')
      return answer.accepted
        ? {status: 'pass', summary: 'taken by the API'}
        : {status: 'fail', summary: 'refused, and must be taken', evidence: answer.message.split('\n')}
    if (answer.accepted)
      return {
        status: 'fail',
        summary: 'taken by the API, and must be refused',
        cause: 'the policy or its binding is gone, or does not match the namespace',
        fix: 'kubectl get validatingadmissionpolicy,validatingadmissionpolicybinding',
      }
    return answer.message.includes(refusal)
      ? {status: 'pass', summary: `refused: ${refusal}`}
      : {status: 'fail', summary: 'refused for another reason', evidence: answer.message.split('\n')}
  },
}
