import type {LintObject, Scene} from '../scene.ts'
import type {Rule} from '../rule.ts'
import {leafAt} from '../tree-access.ts'

export const namespaceOrder: Rule = {
  code: 'KL-L602',
  title: 'The namespace is not there when the object comes',
  severity: 'warn',
  why: 'kubectl apply goes through a file from top to bottom, and the API server refuses an object whose namespace does not exist. With a cluster, its namespaces are known too, and one that is in neither is an error.',
  fix: 'Put the Namespace before what lies in it',
  *scene(scene) {
    const declared = new Map<string, {readonly object: LintObject; readonly place: number}>()
    for (const [place, object] of scene.objects.entries())
      if (object.kind === 'Namespace' && !declared.has(object.name)) declared.set(object.name, {object, place})
    const told = new Set<string>()
    for (const [place, object] of scene.objects.entries()) {
      const {namespace} = object
      if (namespace === undefined || object.known || told.has(`${object.source.name} ${namespace}`)) continue
      const found = declared.get(namespace)
      const late = found && found.object.source === object.source && found.place > place
      const nowhere = !found && isLacking(namespace, scene)
      if (!late && !nowhere) continue
      told.add(`${object.source.name} ${namespace}`)
      yield {
        on: object,
        at: leafAt(object.tree, 'metadata', 'namespace') ?? object.nameAt,
        ...(nowhere && {severity: 'error' as const}),
        message: late
          ? `the Namespace ${namespace} comes later in this file: kubectl refuses this object the first time`
          : `the cluster has no namespace ${namespace}, and no file makes it`,
        fix: late ? 'Move the Namespace to the top' : `kubectl create namespace ${namespace}`,
      }
    }
  },
}

function isLacking(namespace: string, {facts}: Scene): boolean {
  return facts !== undefined && facts.namespaces.length > 0 && !facts.namespaces.includes(namespace)
}
