import type {Verdict} from '../../steps/check-request.ts'
import type {Check, Scene} from '../check.ts'
import type {SceneFinding} from '../surroundings.ts'

/** A check of the text of networks and of pods' requests. */
export type DefinitionCheck<S extends Check = Check> = S & {
  /** The rules of `net lint` whose findings it reports; every rule belongs to one check. */
  readonly rules: readonly string[]
}

type Subject = {
  /** `default/lan`, or `pod default/web`; empty where nothing was found. */
  readonly on: string
  readonly findings: readonly SceneFinding[]
  readonly linted: string
}

/** A check that only reports what `net lint` finds: its number, its title, its rules. */
export function findingsCheck({
  id,
  title,
  rules,
}: Pick<DefinitionCheck, 'id' | 'title' | 'rules'>): DefinitionCheck<Check<Subject>> {
  return {
    id,
    title,
    rules,
    tier: 'quick',
    severity: 'error',
    subjects(scene) {
      const {surroundings} = scene
      if (!surroundings) return {skip: 'networks are judged when the cluster runs'}
      const {networks, pods} = surroundings.linted
      if (networks + pods === 0) return {skip: 'there is no network to judge, and no pod asks for one'}
      const linted = `${networks} networks and ${pods} pods`
      const found = findingsOf(scene, rules)
      const places = [...new Set(found.map(({on}) => on))]
      if (places.length === 0) return [{on: '', findings: [], linted}]
      return places.map((on) => ({on, findings: found.filter((finding) => finding.on === on), linted}))
    },
    label: ({on}) => on,
    probes: () => ({}),
    judge: (_, {findings, linted}) =>
      judgeFindings(findings) ?? {status: 'pass', summary: `nothing wrong in ${linted}`},
  }
}

/** The findings of these rules that are more than advice. */
export function findingsOf({surroundings}: Scene, rules: readonly string[]): readonly SceneFinding[] {
  return surroundings?.findings.filter(({rule, severity}) => severity !== 'info' && rules.includes(rule)) ?? []
}

/** The worst of them, with the rest as evidence; undefined where there is none. */
export function judgeFindings(findings: readonly SceneFinding[]): Verdict | undefined {
  const worst = findings.find(({severity}) => severity === 'error') ?? findings[0]
  if (!worst) return undefined
  return {
    status: worst.severity === 'error' ? 'fail' : 'warn',
    summary: worst.message,
    ...(findings.length > 1 && {evidence: findings.map(({rule, message}) => `${rule} ${message}`)}),
    cause: `net lint says ${worst.rule}: k8s-local explain ${worst.rule}`,
    fix: worst.fix,
  }
}
