import type {Check} from '../check.ts'
import {secondsUntilReady} from '../pod-times.ts'
import {isReady, whyNotReady} from '../pod-start.ts'
import {couldNotLook, jsonOf} from '../seen.ts'
import {type AttachedPod, attachedPods, itemsOf, labelOf, podObject} from './attached-pod.ts'

/** A pod that asks for networks becomes Ready; else its events say why not, in Multus' own words and ours. */
export const attachReady: Check<AttachedPod> = {
  id: 'A01',
  title: 'Pod starts with its networks',
  tier: 'quick',
  severity: 'error',
  needs: ['multus', 'attached-pods'],
  subjects: attachedPods,
  label: labelOf,
  probes: (subject) => ({
    pod: podObject(subject),
    events: {
      type: 'api',
      path: `/api/v1/namespaces/${subject.namespace}/events?fieldSelector=involvedObject.name%3D${subject.pod}`,
    },
  }),
  judge(evidence, {pod, networks}) {
    const object = jsonOf(evidence, 'pod')
    if ('missing' in object) return couldNotLook(`pod ${pod}`, object)
    if (!isReady(object.value)) return whyNotReady(pod, object.value, itemsOf(evidence, 'events'))
    const seconds = secondsUntilReady(object.value)
    const which = networks.map(({network}) => network).join(', ')
    return {status: 'pass', summary: `Ready with ${which}${seconds === undefined ? '' : ` after ${seconds} s`}`}
  },
}
