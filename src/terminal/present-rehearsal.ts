import type {TriedNetwork} from '../run/rehearsal/try-networks.ts'
import {countText, secondsText} from './amounts.ts'
import {presentChecks} from './present-checks.ts'
import type {Page} from './present-problem.ts'

/** What a rehearsal showed: a line for each network, then the verdicts, what is wrong first. */
export function presentRehearsal(networks: readonly TriedNetwork[], page: Page): string {
  const checks = networks.flatMap((network) => network.checks)
  return [networks.map((network) => headline(network, page)).join('\n'), presentChecks(checks, page)].join('\n\n')
}

function headline({network, passed, nodes}: TriedNetwork, {style}: Page): string {
  const slowest = Math.max(0, ...nodes.map(({seconds}) => seconds))
  const verdict = passed ? style.green('works') : style.red('does not work')
  return `${network} ${verdict}: tried on ${countText(nodes.length, 'node')}, ${secondsText(slowest * 1000)} on the slowest`
}
