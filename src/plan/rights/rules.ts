import type {Access} from './access.ts'

/** A rule of RBAC. */
export interface Rule {
  readonly apiGroups: readonly string[]
  readonly resources: readonly string[]
  readonly verbs: readonly string[]
  readonly resourceNames?: readonly string[]
}

/** The fewest rules that allow exactly these, whatever their namespaces. Named objects stay named, but where all of a resource are allowed anyway. */
export function rulesFor(accesses: readonly Access[]): readonly Rule[] {
  const byVerb = [...groupBy(accesses, ({group, resource, verb}) => `${group} ${resource} ${verb}`).values()].map(
    (same) => ({...same[0], names: namesOf(same)}),
  )
  const byObjects = groupBy(byVerb, ({group, resource, names}) => `${group} ${resource} ${names?.join()}`)
  const rules = [...byObjects.values()].map((same): Rule => {
    const {group = '', resource = '', names} = same[0] ?? {}
    return {
      apiGroups: [group],
      resources: [resource],
      verbs: same.map(({verb = 'get'}) => verb).toSorted(),
      ...(names && {resourceNames: names}),
    }
  })
  return [...groupBy(rules, sameButResource).values()]
    .map((same) => ({...(same[0] as Rule), resources: same.flatMap(({resources}) => resources).toSorted()}))
    .toSorted((a, b) => textOf(a).localeCompare(textOf(b)))
}

/** Whether rules that hold everywhere allow it. */
export function allows(rules: readonly Rule[], {group, resource, verb, name}: Access): boolean {
  return rules.some(
    ({apiGroups, resources, verbs, resourceNames}) =>
      has(apiGroups, group) &&
      has(resources, resource) &&
      has(verbs, verb) &&
      (resourceNames === undefined || (name !== undefined && resourceNames.includes(name))),
  )
}

function has(list: readonly string[], wanted: string): boolean {
  return list.includes(wanted) || list.includes('*')
}

/** Undefined where one of them is for all objects. */
function namesOf(same: readonly Access[]): readonly string[] | undefined {
  const names = [...new Set(same.map(({name}) => name))]
  return names.every((name) => name !== undefined) ? names.toSorted() : undefined
}

function sameButResource({apiGroups, verbs, resourceNames}: Rule): string {
  return [apiGroups, verbs, resourceNames ?? []].map((list) => list.join()).join(' ')
}

function textOf({apiGroups, resources, verbs}: Rule): string {
  return [apiGroups.join(), resources.join(), verbs.join()].join(' ')
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}
