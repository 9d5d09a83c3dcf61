import {describe, expect, test} from 'vitest'
import type {CheckName} from '../../src/checks/index.ts'
import type {Seen} from '../../src/steps/check-request.ts'
import {judge, json, unseen, valueOf} from './recorded.ts'

describe.each<[CheckName, string]>([
  ['refused-unknown-network', 'there is no network k8s-local-verify-nowhere in namespace'],
  ['refused-bad-master', 'the master interface does not exist on the node'],
  ['refused-malformed', "the network's configuration is not JSON"],
  ['refused-interface-clash', 'two interfaces of the pod would be called clash0'],
])('%s', (check, reason) => {
  const name = 'healthy'

  test('passes, or warns of a slow node, with the reason and the time', () => {
    const verdict = judge(check, name)

    expect(['pass', 'warn']).toContain(verdict.status)
    expect(verdict.summary).toContain(reason)
    expect(verdict.summary).toMatch(/^refused after \d+ s: .*; then removed$/)
  })

  test('by hand: a pod that starts fails', () => {
    expect(judge(check, name, {evidence: jobsWith(check, {ready: 1})})).toMatchObject({
      status: 'fail',
      summary: 'the pod starts, though it cannot have what it asks for',
    })
  })

  test('by hand: a pod that has started fails, also when it is gone again', () => {
    const {items} = valueOf(check, name, 'events') as unknown as {items: {involvedObject: {name: string}}[]}
    const started = items.map((event) => ({...event, reason: 'Started'}))

    expect(judge(check, name, {evidence: {events: json({items: started})}}).summary).toBe(
      'the pod starts, though it cannot have what it asks for',
    )
  })

  test('by hand: a refusal for another reason fails with that reason', () => {
    const other = says(check, 'error adding container to network "x": failed to find host device: no such file')

    expect(judge(check, name, {evidence: other})).toMatchObject({
      status: 'fail',
      summary: expect.stringContaining('for another reason: the device to move into the pod is not on the node'),
    })
  })

  test('by hand: nothing but a busy API is no reason, and silence is that of a busy node', () => {
    const busy = says(check, 'error waiting for pod: Get "https://10.96.0.1:443/x": context deadline exceeded')

    for (const evidence of [busy, {events: json({items: []})}])
      expect(judge(check, name, {evidence})).toMatchObject({
        status: 'warn',
        summary: 'nothing said within 25 s why the pod does not start',
      })
  })

  test('by hand: a pod that stays after its deletion fails', () => {
    const pods = json({items: [{metadata: {name: `${check}-x`, labels: {'job-name': check}}}]})

    expect(judge(check, name, {evidence: {pods}}).summary).toBe(`the refused pod cannot be deleted: ${check}-x`)
  })

  test.each(['jobs', 'pods', 'events'])('%s that cannot be looked at are an error', (key) => {
    expect(judge(check, name, {evidence: {[key]: unseen}}).status).toBe('error')
  })
})

describe.each<[CheckName, RegExp]>([
  [
    'refused-exhausted-range',
    /every address of 198\.18\.4\.2-198\.18\.4\.2 is taken; attached when the other had ended$/,
  ],
  ['refused-duplicate-address', /the requested address 198\.18\.6\.66 is taken; attached when the other had ended$/],
])('%s', (check, words) => {
  test('passes with the reason, and with the second pod attached in the end', () => {
    expect(judge(check, 'healthy')).toMatchObject({status: 'pass', summary: expect.stringMatching(words)})
  })

  test('by hand: an address that is not given back fails', () => {
    expect(judge(check, 'healthy', {evidence: jobsWith(check, {succeeded: 1})})).toMatchObject({
      status: 'fail',
      summary: 'the other pod has ended, and its address is not free',
    })
  })

  test('by hand: two pods that were never refused fail where they ran at once, and show nothing where they did not', () => {
    const events = json({items: []})
    const atOnce = {events, pods: ran(check, ['10:00:00Z', '10:00:05Z'], ['10:00:01Z', '10:00:06Z'])}
    const inTurn = {events, pods: ran(check, ['10:00:00Z', '10:00:05Z'], ['10:00:07Z', '10:00:12Z'])}

    expect(judge(check, 'healthy', {evidence: atOnce})).toMatchObject({
      status: 'fail',
      summary: 'two pods that need the same address ran at the same time',
    })
    expect(judge(check, 'healthy', {evidence: inTurn}).status).toBe('skip')
  })
})

function jobsWith(check: CheckName, status: Readonly<Record<string, number>>): Record<string, Seen> {
  const jobs = valueOf(check, 'healthy', 'jobs')
  const items = (jobs['items'] as unknown as {metadata: {name: string}; status: object}[]).map((job) =>
    job.metadata.name === check ? {...job, status: {...job.status, ...status}} : job,
  )
  return {jobs: json({items})}
}

/** All refusals of the check's pods with another text. */
function says(check: CheckName, message: string): Record<string, Seen> {
  const {items} = valueOf(check, 'healthy', 'events') as unknown as {items: {involvedObject: {name: string}}[]}
  const own = items.filter(({involvedObject}) => involvedObject.name.startsWith(`${check}-`))
  if (own.length === 0) throw new Error(`nothing was recorded of ${check}`)
  return {events: json({items: own.map((event) => ({...event, message}))})}
}

function ran(check: CheckName, ...times: readonly (readonly [string, string])[]): Seen {
  const items = times.map(([from, until]) => ({
    metadata: {name: `${check}-x`, labels: {'job-name': check}},
    status: {
      containerStatuses: [{state: {terminated: {startedAt: `2026-11-28T${from}`, finishedAt: `2026-11-28T${until}`}}}],
    },
  }))
  return json({items})
}
