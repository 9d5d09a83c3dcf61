import {median} from './median.ts'
import {machine} from './report.ts'
import type {Tier, VerifyBench} from './verify.ts'

/** Seconds on three nodes and two cores. */
const goals: Readonly<Record<Tier, number>> = {quick: 30, default: 120, full: 480}

/** The figures as Markdown: times side by side, what each way proves with them, and where the time by hand goes. */
export function describeVerify({rounds, byHand, judged}: VerifyBench): string {
  const hand = rounds.map((round) => round.byHand)
  const whole = byHand.at(-1)
  const tiers = (Object.keys(judged) as Tier[]).map((tier) => {
    const times = rounds.map((round) => round.tiers[tier])
    const ratio = median(rounds.map((round) => round.tiers[tier] / round.byHand))
    const {checks, verdicts} = judged[tier]
    return `| \`verify --tier ${tier}\` | ${spread(times)} | ${ratio.toFixed(2)} | ${goals[tier]} | ${verdicts} verdicts of ${checks} checks | 0 |`
  })
  const tests = byHand
    .slice(0, -1)
    .map(({title, seconds, fails, prints}) => `| ${title} | ${seconds.toFixed(1)} | ${fails} | ${prints} |`)
  return `${machine()} Median of ${rounds.length} round${rounds.length === 1 ? '' : 's'}, in brackets the fastest and the slowest.

| on one cluster, in turn | s | ratio | goal, s | can fail | only printed |
|---|--:|--:|--:|--:|--:|
| upstream's tests, by hand | ${spread(hand)} | 1 | | ${whole?.fails} assertions | ${whole?.prints} |
${tiers.join('\n')}

| upstream's test by hand, last round | s | can fail | only printed |
|---|--:|--:|--:|
${tests.join('\n')}`
}

function spread(seconds: readonly number[]): string {
  return `${median(seconds).toFixed(1)} (${Math.min(...seconds).toFixed(1)}–${Math.max(...seconds).toFixed(1)})`
}
