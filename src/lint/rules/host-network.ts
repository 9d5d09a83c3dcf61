import type {Rule} from '../rule.ts'
import {entryOf, isTrue} from '../tree-access.ts'

export const hostNetwork: Rule = {
  code: 'KL-L514',
  title: 'A pod on the network of its node gets no networks',
  severity: 'warn',
  why: 'The runtime calls no CNI plugin for a pod with hostNetwork: true, so Multus never sees it; the pod is Ready without its interfaces.',
  fix: 'Remove hostNetwork, or the annotation',
  *request({host, attachments}, {podSpec}) {
    const entry = entryOf(podSpec, 'hostNetwork')
    if (entry && isTrue(entry.value) && attachments.length > 0)
      yield {
        at: host,
        message: 'hostNetwork: true, so no network is attached',
        fix: 'Remove hostNetwork, or the annotation',
      }
  },
}
