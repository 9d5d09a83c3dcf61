/** A default route that a pod is to get, and what has to go on leaving by eth0. */
export interface DefaultRoute {
  readonly gateway: string
  readonly interface: string
  /** CIDR: the addresses of pods and services. */
  readonly kept: readonly string[]
}

/**
 * The init container that gives a pod its default route. Multus 4.2 and 4.3 do nothing for the annotation's `default-route`, silently (multus
 * #1552), and a route of the network's own would be for all of its pods. It shares the network of the pod, so what it sets stays.
 */
export function defaultRouteContainer(
  image: string,
  routes: readonly DefaultRoute[],
): Readonly<Record<string, unknown>> {
  return {
    name: 'default-route',
    image,
    imagePullPolicy: 'IfNotPresent',
    command: ['sh', '-ec', routes.map(routeScript).join('\n')],
    securityContext: {capabilities: {add: ['NET_ADMIN']}},
    resources: {requests: {cpu: '10m', memory: '16Mi'}, limits: {memory: '64Mi'}},
  }
}

/** Pods and services stay reachable: their routes go first, by what is the default route until then. */
function routeScript({gateway, interface: name, kept}: DefaultRoute): string {
  const family = gateway.includes(':') ? '-6' : '-4'
  const same = kept.filter((cidr) => cidr.includes(':') === gateway.includes(':'))
  return [
    `before=$(ip ${family} route show default dev eth0 | head -n 1 | sed 's/^default//; s/ dev eth0//')`,
    ...same.map((cidr) => `[ -z "$before" ] || ip ${family} route replace ${cidr} $before dev eth0`),
    `ip ${family} route flush default`,
    `ip ${family} route add default via ${gateway} dev ${name}`,
  ].join('\n')
}
