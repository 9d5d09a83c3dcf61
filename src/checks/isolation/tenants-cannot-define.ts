import type {Evidence, Verdict} from '../../steps/check-request.ts'
import type {Json} from '../../steps/object.ts'
import type {Check} from '../check.ts'
import {listAt, textAt} from '../json-path.ts'
import {accountGroups, allows, isOfSome, rbacProbe} from '../rbac.ts'
import {couldNotLook, jsonOf} from '../seen.ts'

const kinds = ['clusterrolebindings', 'rolebindings', 'clusterroles', 'roles'] as const
type Found = Readonly<Record<(typeof kinds)[number], readonly Json[]>>

/**
 * I05: who can write a network can reach any NIC of any node with it, and the files of the node through some plugins. So what any pod runs as unless
 * somebody says otherwise, the default account of a namespace, must not, and neither the groups that everybody is in. Namespaces of Kubernetes itself
 * (`kube-*`) are nobody's.
 */
export const tenantsCannotDefine: Check<null> = {
  id: 'I05',
  title: 'Tenants cannot define networks',
  tier: 'default',
  severity: 'error',
  needs: ['multus'],
  subjects: () => [null],
  label: () => '',
  probes: () => Object.fromEntries(kinds.map((kind) => [kind, rbacProbe(kind)])),
  judge(evidence) {
    const found = readAll(evidence)
    if ('status' in found) return found
    const open = [...found.clusterrolebindings, ...found.rolebindings].flatMap((binding) => {
      const who = listAt(binding, 'subjects').flatMap((subject) => tenantOf(subject) ?? [])
      const may = who.length > 0 ? verbsOf(binding, found) : []
      return may.length > 0 ? [{binding, who, may}] : []
    })
    const [first] = open
    if (!first)
      return {status: 'pass', summary: 'no default account and no group of all accounts may create or change networks'}
    const tenants = [...new Set(open.flatMap(({who}) => who))]
    return {
      status: 'fail',
      summary: `${tenants.join(', ')} may define networks`,
      evidence: open.map(
        ({binding, who, may}) => `${nameOf(binding)} gives ${roleOf(binding)} to ${who.join(', ')}: ${may.join(', ')}`,
      ),
      cause:
        'whoever defines a network chooses the NIC of the node, the VLAN and the addresses of its pods, and so reaches networks of others',
      fix: `bind the role to an account of its own, or take network-attachment-definitions out of it: kubectl describe ${commandOf(first.binding)}`,
    }
  },
}

function readAll(evidence: Evidence): Found | Verdict {
  const found: Partial<Record<(typeof kinds)[number], readonly Json[]>> = {}
  for (const kind of kinds) {
    const list = jsonOf(evidence, kind)
    if ('missing' in list) return couldNotLook(`the ${kind}`, list)
    found[kind] = listAt(list.value, 'items')
  }
  return found as Found
}

/** What a subject is called, where pods run as it without anybody's doing. */
function tenantOf(subject: Json): string | undefined {
  const name = textAt(subject, 'name') ?? ''
  const [, namespace, account] =
    textAt(subject, 'kind') === 'ServiceAccount'
      ? [name, textAt(subject, 'namespace') ?? '', name]
      : (/^system:serviceaccounts?:([^:]+)(?::(.+))?$/.exec(name) ?? [])
  if (namespace === undefined) return everybody.includes(name) ? `every account (${name})` : undefined
  if (namespace.startsWith('kube-')) return undefined
  if (account === undefined) return `every account of ${namespace}`
  return account === 'default' ? `the default account of ${namespace}` : undefined
}

const everybody: readonly string[] = [...accountGroups, 'system:unauthenticated']

const writing = ['create', 'update', 'patch'] as const

/** What the role of a binding lets its subjects do to networks. To create one cannot be allowed by name: the API does not know it yet (Kubernetes, RBAC, "Referring to resources"). */
function verbsOf(binding: Json, found: Found): readonly string[] {
  const kind = textAt(binding, 'roleRef', 'kind')
  const name = textAt(binding, 'roleRef', 'name')
  const namespace = namespaceOf(binding)
  const rules = (kind === 'Role' ? found.roles.filter((role) => namespaceOf(role) === namespace) : found.clusterroles)
    .filter((role) => textAt(role, 'metadata', 'name') === name)
    .flatMap((role) => listAt(role, 'rules'))
  return writing.filter((verb) =>
    rules.some(
      (rule) =>
        allows(rule, {group: 'k8s.cni.cncf.io', resource: 'network-attachment-definitions', verbs: [verb]}) &&
        !(verb === 'create' && isOfSome(rule)),
    ),
  )
}

function namespaceOf(object: Json): string | undefined {
  return textAt(object, 'metadata', 'namespace')
}

function nameOf(binding: Json): string {
  const namespace = namespaceOf(binding)
  const name = textAt(binding, 'metadata', 'name') ?? ''
  return namespace === undefined ? `ClusterRoleBinding ${name}` : `RoleBinding ${namespace}/${name}`
}

function roleOf(binding: Json): string {
  return `${textAt(binding, 'roleRef', 'kind')} ${textAt(binding, 'roleRef', 'name')}`
}

function commandOf(binding: Json): string {
  const namespace = namespaceOf(binding)
  const name = textAt(binding, 'metadata', 'name') ?? ''
  return namespace === undefined ? `clusterrolebinding ${name}` : `rolebinding -n ${namespace} ${name}`
}
