import type {Judge} from '../check.ts'
import {couldNotLook, textOf} from '../seen.ts'

export type RouteSubject = {
  readonly namespace: string
  readonly pod: string
  readonly destination: string
  readonly interface: string
  /** Empty: straight, without a gateway. */
  readonly gateway: string
}

/** A pod's kernel sends to a destination by this interface and gateway: looked up inside the pod, never read from an annotation. */
export const routedBy: Judge<RouteSubject> = {
  title: 'Route is as declared',
  label: ({namespace, pod, destination}) => `${namespace}/${pod} to ${destination}`,
  probes: ({namespace, pod, destination}) => ({
    route: {type: 'pod', namespace, pod, argv: ['ip', '-4', 'route', 'get', destination]},
  }),
  judge(evidence, {pod, destination, interface: name, gateway}) {
    const route = textOf(evidence, 'route')
    if ('missing' in route) return couldNotLook(`the route of ${pod} to ${destination}`, route)
    const device = /\bdev (\S+)/.exec(route.value)?.[1]
    const via = /\bvia (\S+)/.exec(route.value)?.[1] ?? ''
    const words = (dev: string, by: string) => (by === '' ? dev : `${dev} via ${by}`)
    if (device !== name || via !== gateway)
      return {
        status: 'fail',
        summary: `${pod} sends to ${destination} by ${words(device ?? 'nothing', via)}, not by ${words(name, gateway)}`,
        evidence: route.value.trim().split('\n'),
        cause: 'the routes of the network are not what the scenario declares, or another network has taken them',
      }
    return {status: 'pass', summary: `by ${words(name, gateway)}`}
  },
}
