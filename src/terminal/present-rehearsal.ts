import type {TriedNetwork} from '../run/rehearsal/try-networks.ts'
import type {CheckResult} from '../steps/check-request.ts'
import {countText, secondsText} from './amounts.ts'
import {presentChecks} from './present-checks.ts'
import type {Page} from './present-problem.ts'

/** What a rehearsal showed, network by network: whether it works, then the verdicts, what is wrong first. */
export function presentRehearsal(networks: readonly TriedNetwork[], page: Page): string {
  return networks
    .flatMap((network) => [headline(network, page), presentChecks(joinSubjects(network.checks), page)])
    .join('\n\n')
}

function headline({network, passed, nodes}: TriedNetwork, {style}: Page): string {
  const slowest = Math.max(0, ...nodes.map(({seconds}) => seconds))
  const verdict = passed ? style.green('works') : style.red('does not work')
  return `${network} ${verdict}: tried on ${countText(nodes.length, 'node')}, ${secondsText(slowest * 1000)} on the slowest`
}

/** What is the same on several nodes is said once. */
function joinSubjects(checks: readonly CheckResult[]): readonly CheckResult[] {
  const joined = new Map<string, CheckResult>()
  for (const check of checks) {
    const key = [check.title, check.status, check.summary].join('\n')
    const same = joined.get(key)
    joined.set(key, same ? {...same, subject: `${same.subject}, ${check.subject}`} : check)
  }
  return [...joined.values()]
}
