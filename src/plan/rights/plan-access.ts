import {checkNamed} from '../../checks/index.ts'
import type {Action, ActionOf, ActionType} from '../../steps/action.ts'
import type {ObjectRef} from '../../steps/object.ts'
import type {Plan} from '../../steps/step.ts'
import {type Access, accessTo, everything} from './access.ts'
import {applyAccess} from './apply-access.ts'
import {probeAccess} from './probe-access.ts'
import {readinessAccess} from './readiness-access.ts'

/** Every right that carrying out a plan takes, by its steps alone. */
export function planAccess({steps, onFailure, always}: Plan): readonly Access[] {
  return [...steps, ...onFailure, ...always].flatMap(({action}) => actionAccess(action))
}

function actionAccess(action: Action): readonly Access[] {
  const access = accesses[action.type] as (one: Action) => readonly Access[]
  return access(action)
}

const nothing = (): readonly Access[] => []
/** A chart or a manifest names its objects only when it is read. */
const whatever = (): readonly Access[] => [everything]

const accesses: {readonly [T in ActionType]: (action: ActionOf<T>) => readonly Access[]} = {
  'fetch-artifact': nothing,
  'ensure-engine-image': nothing,
  'pull-images': nothing,
  'begin-cluster': nothing,
  'complete-cluster': nothing,
  'create-kind-cluster': nothing,
  'delete-kind-cluster': nothing,
  'start-nodes': nothing,
  'stop-nodes': nothing,
  'restart-nodes': nothing,
  'create-engine-network': nothing,
  'connect-nodes': nothing,
  'fit-node-nics': nothing,
  'pin-node-addresses': nothing,
  'delete-engine-networks': nothing,
  'copy-cni-plugins': nothing,
  'import-images': nothing,
  'build-warm-image': nothing,
  'save-warm-image': nothing,
  'remove-warm-images': nothing,
  'delete-cached-files': nothing,
  'install-chart': whatever,
  'apply-manifest': whatever,
  'apply-objects': ({objects}) => objects.flatMap(applyAccess),
  'restart-pods': ({kind, namespace, name}) => [
    ...accessTo({apiVersion: 'apps/v1', kind, namespace, name}, ['get']),
    ...accessTo({apiVersion: 'v1', kind: 'Pod', namespace}, ['list', 'delete']),
  ],
  'patch-object': ({ref, subresource}) => [
    ...accessTo(ref, ['get']),
    ...accessTo(ref, ['patch']).map((one) =>
      subresource === undefined ? one : {...one, resource: `${one.resource}/${subresource}`},
    ),
  ],
  'delete-objects': deletionAccess,
  'evict-pods': ({pods}) =>
    pods.flatMap(({namespace}) => [
      {verb: 'create', group: '', resource: 'pods/eviction', namespace} as const,
      ...accessTo({apiVersion: 'v1', kind: 'Pod', namespace}, ['get']),
    ]),
  'write-node-files': nothing,
  'delete-node-files': nothing,
  'delete-node-links': nothing,
  'merge-kubeconfig': nothing,
  'remove-kubeconfig-entries': nothing,
  'forget-cluster': nothing,
  // What it may not look at it notes.
  'collect-diagnosis': nothing,
  wait: ({for: readiness}) => readinessAccess(readiness),
  check: ({request}) => {
    if (request.skip !== undefined) return []
    const probes = Object.values(checkNamed(request.check)?.probes(request.subject) ?? {})
    return probes.flatMap((probe) => probeAccess(probe, request))
  },
}

/** Pods are read until they are gone, those of a namespace too, and it itself where that is waited for. */
function deletionAccess({objects, until}: ActionOf<'delete-objects'>): readonly Access[] {
  return objects.flatMap((ref: ObjectRef) => {
    const isAwaited = ref.kind === 'Pod' || (ref.kind === 'Namespace' && until !== 'pods-gone')
    const inside = {apiVersion: 'v1', kind: 'Pod', namespace: ref.name}
    return [
      ...accessTo(ref, isAwaited ? ['get', 'delete'] : ['delete']),
      ...(ref.kind === 'Namespace' ? accessTo(inside, ['get', 'list', 'delete']) : []),
    ]
  })
}
