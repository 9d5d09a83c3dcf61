import type {TriedNetwork} from '../run/rehearsal/try-networks.ts'
import {countText, secondsText} from './amounts.ts'
import {joinAlike} from './check-groups.ts'
import {presentChecks} from './present-checks.ts'
import type {Page} from './present-problem.ts'

/** What a rehearsal showed, network by network: whether it works, then the verdicts, what is wrong first. */
export function presentRehearsal(networks: readonly TriedNetwork[], page: Page): string {
  return networks
    .flatMap((network) => [headline(network, page), presentChecks(joinAlike(network.checks), page)])
    .join('\n\n')
}

function headline({network, passed, nodes}: TriedNetwork, {style}: Page): string {
  const slowest = Math.max(0, ...nodes.map(({seconds}) => seconds))
  const verdict = passed ? style.green('works') : style.red('does not work')
  return `${network} ${verdict}: tried on ${countText(nodes.length, 'node')}, ${secondsText(slowest * 1000)} on the slowest`
}
