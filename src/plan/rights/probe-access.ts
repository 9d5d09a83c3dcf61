import {checkNamed} from '../../checks/index.ts'
import type {CheckRequest, Probe} from '../../steps/check-request.ts'
import {refOf} from '../../steps/object.ts'
import {podsOf} from '../../steps/pods-of-probe.ts'
import {type Access, accessOfPath, accessTo} from './access.ts'
import {applyAccess} from './apply-access.ts'

/** What a look takes. Nodes are looked at by the container engine, or through a pod. */
export function probeAccess(probe: Probe, {nodePods}: Pick<CheckRequest, 'nodePods'>): readonly Access[] {
  switch (probe.type) {
    case 'api':
      return accessOfPath(probe.path)
    case 'node':
      return [...podAccess(probe), ...(nodePods === undefined ? [] : execAccess(nodePods))]
    case 'pod':
    case 'ping':
      return [...podAccess(probe), ...execAccess(probe.namespace)]
    case 'admission':
      return applyAccess(probe.object)
    case 'start-times':
      return probe.pods.flatMap((pod) => [
        ...applyAccess(pod),
        ...accessTo(refOf(pod), ['get', 'list', 'watch', 'delete']),
      ])
    case 'verdict':
      return Object.values(checkNamed(probe.check)?.probes(probe.subject) ?? {}).flatMap((one) =>
        probeAccess(one, nodePods === undefined ? {} : {nodePods}),
      )
  }
}

/** Its pods are read for what Multus gave them, and to tell one that is not Ready from one that refuses. */
function podAccess(probe: Probe): readonly Access[] {
  return podsOf(probe).flatMap(({namespace}) => accessTo({apiVersion: 'v1', kind: 'Pod', namespace}, ['get']))
}

/** A WebSocket begins as a GET, so `get` is what the API asks for; from Kubernetes 1.35 on it asks for `create` too (feature gate AuthorizePodWebsocketUpgradeCreatePermission). */
function execAccess(namespace: string): readonly Access[] {
  return (['get', 'create'] as const).map((verb) => ({verb, group: '', resource: 'pods/exec', namespace}))
}
