import {nearestName} from '../../spec/nearest-name.ts'
import {defaultNetworkAnnotation, networksAnnotation} from '../../templates/labels.ts'
import type {Rule} from '../rule.ts'

const names = [networksAnnotation, defaultNetworkAnnotation]
/** Near the others, and right: written by Multus, or for other programs. */
const right = [
  ...names,
  'k8s.v1.cni.cncf.io/network-status',
  'k8s.v1.cni.cncf.io/networks-status',
  'k8s.v1.cni.cncf.io/resourceName',
  'k8s.v1.cni.cncf.io/policy-for',
  'v1.multusnetwork.openshift.io/default-network',
]

export const misspeltAnnotation: Rule = {
  code: 'KL-L513',
  title: 'The name of the annotation is misspelt',
  severity: 'error',
  why: 'Multus reads k8s.v1.cni.cncf.io/networks and v1.multus-cni.io/default-network; under another name the pod starts without the network, and nothing tells of it.',
  fix: 'Write k8s.v1.cni.cncf.io/networks',
  *workload({annotations}) {
    for (const {key, at} of annotations?.entries ?? []) {
      if (right.includes(key) || !/cni|multus/i.test(key)) continue
      const near = nearestByFew(key)
      if (near !== undefined) yield {at, message: `'${key}' is no annotation of Multus`, fix: `Write ${near}`}
    }
  },
}

/** At most four letters off, for the names are long and other annotations share their domain. */
function nearestByFew(key: string): string | undefined {
  const near = nearestName(key, names)
  return near !== undefined && Math.abs(near.length - key.length) <= 4 && sharedLetters(near, key) >= near.length - 6
    ? near
    : undefined
}

function sharedLetters(one: string, other: string): number {
  let head = 0
  while (head < one.length && one[head] === other[head]) head += 1
  let tail = 0
  while (tail < one.length - head && one.at(-1 - tail) === other.at(-1 - tail)) tail += 1
  return head + tail
}
