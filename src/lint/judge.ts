import type {Found, Rule} from './rule.ts'
import {rules} from './rules/index.ts'
import {type LintObject, namespaceOf, type Scene} from './scene.ts'

/** A finding with the rule that is broken and the object that breaks it. */
export interface Judged {
  readonly rule: Rule
  readonly on: LintObject
  readonly found: Found
}

/** Every rule on everything it looks at. Objects are the outer loop: one object's data is then still at hand for the next rule. */
export function judge(scene: Scene): readonly Judged[] {
  const judged: Judged[] = []
  const told = new Set<string>()
  const add = (rule: Rule, founds: Iterable<Found>, object?: LintObject): void => {
    for (const found of founds) {
      const on = found.on ?? object
      if (!on || on.known) continue
      if (on.source.node !== undefined) {
        // What the files of several nodes have in common is said once.
        const words = `${rule.code} ${namespaceOf(on)}/${on.name} ${found.message}`
        if (told.has(words)) continue
        told.add(words)
      }
      judged.push({rule, on, found})
    }
  }
  for (const rule of rules) if (rule.scene) add(rule, rule.scene(scene))
  for (const network of scene.networks) {
    if (network.known) continue
    for (const rule of rules) if (rule.network) add(rule, rule.network(network, scene), network)
  }
  for (const workload of scene.workloads) {
    if (workload.known) continue
    const {request} = workload
    for (const rule of rules) {
      if (rule.workload) add(rule, rule.workload(workload, scene), workload)
      if (request && rule.request) add(rule, rule.request(request, workload, scene), workload)
    }
  }
  for (const object of scene.objects) {
    if (object.known) continue
    for (const rule of rules) if (rule.object) add(rule, rule.object(object, scene), object)
  }
  return judged
}
