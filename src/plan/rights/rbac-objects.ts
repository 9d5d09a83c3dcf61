import type {KubernetesObject} from '../../steps/object.ts'
import {descriptionAnnotation, managedBy} from '../../templates/labels.ts'
import type {Access} from './access.ts'
import {allows, type Rule, rulesFor} from './rules.ts'

export interface RbacInput {
  readonly accesses: readonly Access[]
  /** Namespaces that the run makes under a name that is not known before: what it does in them is granted everywhere. */
  readonly made: readonly string[]
  /** Where the service account lives. */
  readonly home: string
}

const account = 'k8s-local-verify'
const apiGroup = 'rbac.authorization.k8s.io'
const apiVersion = `${apiGroup}/v1`

/**
 * A service account and the rights that a run takes: a ClusterRole for what has no namespace or lies in all of them, a Role for each other namespace. Those
 * of one home do not replace those of another.
 */
export function rbacObjects({accesses, made, home}: RbacInput): readonly KubernetesObject[] {
  const isFixed = ({namespace}: Access): boolean => namespace !== undefined && !made.includes(namespace)
  const isLasting = ({namespace, resource, name: of}: Access): boolean =>
    namespace === undefined && !resource.startsWith('nodes') && !(resource === 'namespaces' && made.includes(of ?? ''))
  const wide = rulesFor(accesses.filter((one) => !isFixed(one)).map((one) => (isLasting(one) ? one : withoutName(one))))
  const rest = accesses.filter((one) => isFixed(one) && !allows(wide, one))
  const name = home === 'default' ? account : `${account}-${home}`
  const named = (namespace?: string) => ({name, ...(namespace !== undefined && {namespace}), labels: managedBy})
  const namespaces = [...new Set(rest.map(({namespace = ''}) => namespace))].toSorted()
  return [
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: {
        ...named(home),
        name: account,
        annotations: {[descriptionAnnotation]: 'What k8s-local verify needs, and nothing else'},
      },
    },
    ...(wide.length > 0 ? bound({kind: 'ClusterRole', metadata: named(), rules: wide}, home) : []),
    ...namespaces.flatMap((namespace) => {
      const rules = rulesFor(rest.filter((one) => one.namespace === namespace))
      return bound({kind: 'Role', metadata: named(namespace), rules}, home)
    }),
  ]
}

/** Nodes come and go, and every run has other names: a rule that names them would hold for one day. */
function withoutName({verb, group, resource, namespace}: Access): Access {
  return {verb, group, resource, ...(namespace !== undefined && {namespace})}
}

function bound(
  role: {readonly kind: string; readonly metadata: KubernetesObject['metadata']; readonly rules: readonly Rule[]},
  home: string,
): readonly KubernetesObject[] {
  return [
    {apiVersion, ...role},
    {
      apiVersion,
      kind: `${role.kind}Binding`,
      metadata: role.metadata,
      roleRef: {apiGroup, kind: role.kind, name: role.metadata.name},
      subjects: [{kind: 'ServiceAccount', name: account, namespace: home}],
    },
  ]
}
