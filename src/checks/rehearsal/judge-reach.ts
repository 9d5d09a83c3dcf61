import type {Verdict} from '../../steps/check-request.ts'
import {whyDead} from '../reach/both-ways.ts'
import type {ReachSeen} from './seen-rehearsal.ts'

/** Whether one pod reached the other. Its answer came back, so both ways are proven by one. */
export function judgeReach({from, to, address, outcome, words}: ReachSeen): Verdict {
  if (outcome === 'unknown') return {status: 'skip', summary: words}
  if (outcome === 'reached') return {status: 'pass', summary: `${address} answers`}
  const sameNode = from.node === to.node
  return {status: 'fail', summary: `${address} does not answer`, evidence: [words], ...whyDead(2, sameNode)}
}

export function pairText({from, to}: ReachSeen): string {
  return from.node === to.node ? `on ${from.node}` : `${from.node} <-> ${to.node}`
}
