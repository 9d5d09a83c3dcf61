import {contains, parseAddress, parseCidr} from '../../spec/cidr.ts'
import type {Judge} from '../check.ts'
import {textAt} from '../json-path.ts'
import {networkStatusOf} from '../network-status.ts'
import {couldNotLook, jsonOf} from '../seen.ts'

export type PrimaryReplacedSubject = {
  readonly namespace: string
  readonly pod: string
  /** `namespace/name` of the network that takes the primary's place. */
  readonly network: string
  /** The subnet that the pod's address must be of. */
  readonly subnet: string
}

/** A pod's eth0 is a network of its own, and the address that Kubernetes knows it by is one of that network. */
export const primaryReplaced: Judge<PrimaryReplacedSubject> = {
  title: 'Primary network is replaced',
  label: ({namespace, pod}) => `${namespace}/${pod}`,
  probes: ({namespace, pod}) => ({pod: {type: 'api', path: `/api/v1/namespaces/${namespace}/pods/${pod}`}}),
  judge(evidence, {pod, network, subnet}) {
    const object = jsonOf(evidence, 'pod')
    if ('missing' in object) return couldNotLook(`pod ${pod}`, object)
    const [first, ...others] = networkStatusOf(object.value) ?? []
    if (first?.name !== network || others.length > 0) {
      const names = [first, ...others].flatMap((entry) => entry?.name ?? []).join(', ')
      return {
        status: 'fail',
        summary: `${pod} should have ${network} alone, and has ${names || 'nothing'}`,
        cause: 'Multus did not act on the annotation v1.multus-cni.io/default-network',
      }
    }
    const ip = textAt(object.value, 'status', 'podIP') ?? ''
    const [address, cidr] = [parseAddress(ip), parseCidr(subnet)]
    if (!address || !cidr || !contains(cidr, address))
      return {status: 'fail', summary: `the pod IP of ${pod} is ${ip || 'not set'}, not one of ${subnet}`}
    return {status: 'pass', summary: `pod IP ${ip} is of ${network}, and there is no other interface`}
  },
}
