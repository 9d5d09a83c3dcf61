import type {Verdict} from '../../steps/check-request.ts'
import {whyDead} from '../reach.ts'
import type {ReachSeen} from './seen-rehearsal.ts'

/** One verdict for each pair, both ways together. */
export function judgeReach(ways: readonly ReachSeen[]): readonly (Verdict & {readonly subject: string})[] {
  const pairs = new Map<string, ReachSeen[]>()
  for (const way of ways) {
    const key = [way.from.containerId, way.to.containerId].toSorted().join(' ')
    pairs.set(key, [...(pairs.get(key) ?? []), way])
  }
  return [...pairs.values()].map(judgePair)
}

function judgePair(ways: readonly ReachSeen[]): Verdict & {readonly subject: string} {
  const [first] = ways
  const sameNode = first?.from.node === first?.to.node
  const subject = sameNode ? `on ${first?.from.node}` : `${first?.from.node} <-> ${first?.to.node}`
  const unknown = ways.find(({outcome}) => outcome === 'unknown')
  if (unknown) return {subject, status: 'skip', summary: unknown.words}
  const dead = ways.filter(({outcome}) => outcome === 'dead')
  if (dead.length === 0) return {subject, status: 'pass', summary: ways.map(({address}) => `${address} answers`).join(', ')}
  return {
    subject,
    status: 'fail',
    summary: dead.map(({from, address}) => `${address} does not answer ${from.name}`).join(', '),
    evidence: [...new Set(dead.map(({words}) => words))],
    ...whyDead(dead.length, sameNode),
  }
}
