import type {Rule} from '../rule.ts'
import type {Scene} from '../scene.ts'
import {entryOf, listAt} from '../tree-access.ts'
import type {Tree} from '../../tree.ts'

const resource = 'network-attachment-definitions'

export const roleOnNetworks: Rule = {
  code: 'KL-L601',
  title: 'A role does not decide who may attach to a network',
  severity: 'warn',
  why: "Multus reads networks with its own rights and never asks for those of the pod's author, so that a Role with resourceNames restricts no attachment; create, list and watch are not limited by resourceNames anyway (Kubernetes, RBAC). What restricts: namespaceIsolation of Multus, or a ValidatingAdmissionPolicy on the annotation.",
  fix: 'Use namespaceIsolation, or an admission policy; keep the role only for who may read the object',
  *object({kind, tree}, scene) {
    if (kind !== 'Role' && kind !== 'ClusterRole') return
    for (const rule of listAt(tree, 'rules')?.items ?? []) {
      const resources = textsOf(entryOf(rule, 'resources')?.value)
      const groups = textsOf(entryOf(rule, 'apiGroups')?.value)
      if (!resources.some((one) => one === resource || one === 'networkattachmentdefinitions')) continue
      const names = entryOf(rule, 'resourceNames')
      const wrongGroup = !groups.includes('k8s.cni.cncf.io') && !groups.includes('*')
      if (wrongGroup || !resources.includes(resource))
        yield {
          at: (wrongGroup ? entryOf(rule, 'apiGroups') : entryOf(rule, 'resources'))?.at ?? rule,
          message: `the rule matches nothing: it is ${resource} of k8s.cni.cncf.io`,
          fix: `Write apiGroups: ["k8s.cni.cncf.io"] and resources: ["${resource}"]`,
        }
      else if (names && textsOf(names.value).length > 0 && !isAskedByPolicy(rule, scene))
        yield {
          at: names.at,
          message: 'resourceNames restrict nobody: Multus attaches pods with its own rights',
          fix: 'Use namespaceIsolation of Multus, or an admission policy on the annotation of pods',
        }
    }
  },
}

/** A verb that Kubernetes itself gives no meaning, and an admission policy that may ask the authorizer for it. */
function isAskedByPolicy(rule: Tree, {objects}: Scene): boolean {
  const verbs = textsOf(entryOf(rule, 'verbs')?.value)
  const isOwn = verbs.length > 0 && verbs.every((verb) => !apiVerbs.has(verb))
  return isOwn && objects.some(({kind}) => kind === 'ValidatingAdmissionPolicy')
}

const apiVerbs: ReadonlySet<string> = new Set([
  'get',
  'list',
  'watch',
  'create',
  'update',
  'patch',
  'delete',
  'deletecollection',
  '*',
])

function textsOf(tree: Tree | undefined): readonly string[] {
  return tree?.kind === 'list' ? tree.items.flatMap((one) => (one.kind === 'text' ? [one.value] : [])) : []
}
