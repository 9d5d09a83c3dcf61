import {type CheckName, checkGroups, checks} from '../checks/index.ts'
import {type Finding, Problem} from '../problem.ts'
import {nearestName} from '../spec/nearest-name.ts'
import {type Tier, tiers} from '../steps/check-request.ts'

export interface CheckChoice {
  readonly tier: Tier
  /** Names, numbers (`A03`), groups, or patterns of them with `*`; after `!` to leave out. Those named are taken whatever their tier; all of the tier when none is. */
  readonly patterns: readonly string[]
}

/** The checks that are meant, in the order of the report. Throws invalid-input for patterns that mean no check, all at once, and where nothing is left. */
export function selectChecks({tier, patterns}: CheckChoice): readonly CheckName[] {
  const unknown = patterns.flatMap((pattern): readonly Finding[] =>
    allOf(pattern).length > 0 ? [] : [unknownPattern(pattern)],
  )
  if (unknown.length > 0) throw notAcceptable(unknown)
  const wanted = patterns.filter((pattern) => !pattern.startsWith('!')).flatMap((pattern) => allOf(pattern))
  const unwanted = patterns.filter((pattern) => pattern.startsWith('!')).flatMap((pattern) => allOf(pattern))
  const offered = wanted.length > 0 ? names.filter((name) => wanted.includes(name)) : checksOfTier(tier)
  const chosen = offered.filter((name) => !unwanted.includes(name))
  if (chosen.length === 0)
    throw notAcceptable([
      {at: '--check', message: `nothing is left of the tier ${tier}`, fix: 'k8s-local verify --list'},
    ])
  return chosen
}

/** All checks up to that tier. */
export function checksOfTier(tier: Tier): readonly CheckName[] {
  return names.filter((name) => tiers.indexOf(checks[name].tier) <= tiers.indexOf(tier))
}

/** Whether a cluster works at all, and not whether somebody has harmed it since: what `create` proves, and `status` looks at. */
export const essentialChecks: readonly CheckName[] = [
  'nodes-healthy',
  'node-address-kept',
  'cni-healthy',
  'multus-ready',
  'multus-first',
  'plugins-present',
  'network-valid',
  'master-on-nodes',
  'mtu-fits',
  'attach-ready',
  'attach-listed',
  'attachment-real',
  'address-unique',
  'reach-same-node',
  'reach-across-nodes',
  'primary-unharmed',
]

const names = Object.keys(checks) as readonly CheckName[]

const groups = new Map(
  Object.entries(checkGroups).flatMap(([group, members]) => Object.keys(members).map((name) => [name, group])),
)

/** The checks that a pattern means, with or without its `!`. */
function allOf(pattern: string): readonly CheckName[] {
  const matches = matcher(pattern.replace(/^!/, ''))
  return names.filter((name) => matches(name) || matches(checks[name].id) || matches(groups.get(name) ?? ''))
}

function matcher(pattern: string): (text: string) => boolean {
  const literal = pattern.split('*').map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`))
  const expression = new RegExp(`^${literal.join('.*')}$`, 'i')
  return (text) => expression.test(text)
}

function unknownPattern(pattern: string): Finding {
  const near = nearestName(pattern.replace(/^!/, ''), [...names, ...Object.keys(checkGroups)])
  return {
    at: '--check',
    message: `no check, number or group is called ${pattern.replace(/^!/, '')}`,
    fix: near ? `--check ${near}` : 'k8s-local verify --list',
  }
}

function notAcceptable(findings: readonly Finding[]): Problem {
  return new Problem('invalid-input', {message: 'These checks cannot be chosen', findings})
}
