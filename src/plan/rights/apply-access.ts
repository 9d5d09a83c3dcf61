import {type KubernetesObject, refOf} from '../../steps/object.ts'
import {type Access, accessTo, groupOf} from './access.ts'

/**
 * What applying an object takes. We read it first; server-side apply is a patch, and asks for `create` where it is not there yet (Kubernetes, apiserver
 * endpoints/handlers/patch.go). Whoever hands out rights must have them all, or may `escalate` and `bind`.
 */
export function applyAccess(object: KubernetesObject): readonly Access[] {
  const place = refOf(object)
  return [...accessTo(place, ['get', 'create', 'patch']), ...handingOut(object)]
}

const rbac = 'rbac.authorization.k8s.io'

function handingOut(object: KubernetesObject): readonly Access[] {
  const {apiVersion, kind, metadata} = object
  if (groupOf(apiVersion) !== rbac) return []
  if (!kind.endsWith('Binding')) return accessTo({...metadata, apiVersion, kind}, ['escalate'])
  const role = (object['roleRef'] ?? {}) as {readonly kind?: string; readonly name?: string}
  const place = role.kind === 'Role' && metadata.namespace !== undefined ? {namespace: metadata.namespace} : {}
  return accessTo({apiVersion, kind: role.kind ?? 'ClusterRole', name: role.name ?? '', ...place}, ['bind'])
}
