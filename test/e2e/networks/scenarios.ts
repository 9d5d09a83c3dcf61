import {afterAll, expect, test} from 'vitest'
import type {Outcome} from '../../../src/run/events.ts'
import {documentOf, k8sLocal, mustExit} from '../support/cli.ts'
import {kubectl} from '../support/cluster.ts'
import {ran} from '../support/engine.ts'
import {say} from '../support/log.ts'
import type {Stage, Suite} from '../support/stage.ts'

/** By hand, not from the sources: a scenario that vanished from them would not be missed. */
const names = [
  'management-data',
  'tenants',
  'legacy',
  'storage',
  'nfv',
  'web',
  'routed',
  'triple-homed',
  'static-addresses',
  'default-network',
  'shared-network',
  'access-control',
] as const

export const scenarios: Suite = (stage) => {
  afterAll(async () => {
    for (const name of await applied(stage)) await k8sLocal(stage.home, ['scenario', 'remove', name, ...stage.at])
  })

  test.each(names)('%s: every check is green, and it leaves no trace', {timeout: 180_000}, async (name) => {
    const before = await traces(stage)
    const outcome = documentOf<Outcome>(
      await mustExit(0, stage.home, ['scenario', 'apply', name, '--json', ...stage.at], {timeoutSeconds: 120}),
    )
    say(verdicts(outcome))
    expect(outcome.status).toBe('done')
    expect(outcome.checks.length).toBeGreaterThan(1)
    expect(outcome.checks.filter(({status}) => status !== 'pass')).toEqual([])

    await mustExit(0, stage.home, ['scenario', 'remove', name, ...stage.at], {timeoutSeconds: 120})
    expect(await traces(stage)).toEqual(before)
  })

  test('what breaks is what is reported, and nothing else', {timeout: 180_000}, async () => {
    await mustExit(0, stage.home, ['scenario', 'apply', 'tenants', ...stage.at], {timeoutSeconds: 120})
    const again = await mustExit(0, stage.home, ['scenario', 'apply', 'tenants', '--json', ...stage.at])
    expect(documentOf<Outcome>(again).status).toBe('already')
    expect(await applied(stage)).toEqual(['tenants'])

    await onNode(stage.nodes.workers[0], ['ip', 'link', 'set', 'br-scn-ten-b', 'down'])
    const broken = await mustExit(1, stage.home, ['scenario', 'apply', 'tenants', '--json', ...stage.at])
    const outcome = documentOf<Outcome>(broken)
    say(verdicts(outcome))
    const failed = outcome.checks.filter(({status}) => status !== 'pass')
    expect(failed.map(({check, subject}) => `${check} ${subject}`)).toEqual([
      'reaches scenario-tenant-b/b-1 net1 -> b-2',
    ])

    await onNode(stage.nodes.workers[0], ['ip', 'link', 'set', 'br-scn-ten-b', 'up'])
    await mustExit(0, stage.home, ['scenario', 'apply', 'tenants', ...stage.at])
    await mustExit(0, stage.home, ['scenario', 'remove', 'tenants', ...stage.at])
    expect(await applied(stage)).toEqual([])
  })
}

function verdicts({title, seconds, checks}: Outcome): string {
  const lines = checks.map(({status, title: what, subject, summary}) => `  ${status} ${what} (${subject}): ${summary}`)
  return [`${title}, ${seconds.toFixed(1)} s`, ...lines].join('\n')
}

/** What `list` says. */
async function applied({home, at}: Stage): Promise<readonly string[]> {
  const listed = await mustExit(0, home, ['scenario', 'list', '--json', ...at])
  const document = documentOf<{readonly scenarios: readonly {readonly name: string; readonly state: string}[]}>(listed)
  return document.scenarios.filter(({state}) => state === 'applied').map(({name}) => name)
}

/** Everything on the cluster and its nodes that a scenario could leave, seen by kubectl and on the nodes. */
async function traces({cluster, nodes}: Stage): Promise<readonly string[]> {
  const kinds =
    'namespaces,network-attachment-definitions,validatingadmissionpolicies,validatingadmissionpolicybindings,roles,rolebindings'
  const objects = await kubectl(cluster, [
    'get',
    kinds,
    '--all-namespaces',
    '-o',
    'name',
    '-l',
    'k8s-local.dev/scenario',
  ])
  const named = await kubectl(cluster, ['get', 'namespaces', '-o', 'name'])
  const onNodes = await Promise.all(
    nodes.all.map(async (node) => {
      const text = await onNode(node, [
        'find',
        '/etc/cni/multus/net.d',
        '/run/cni/networks',
        '/sys/class/net',
        '-maxdepth',
        '1',
        '(',
        '-name',
        '*scenario*',
        '-o',
        '-name',
        'br-scn*',
        ')',
      ])
      return text.split('\n').map((line) => `${node} ${line}`)
    }),
  )
  return [...objects.split('\n'), ...named.split('\n').filter((name) => name.includes('scenario')), ...onNodes.flat()]
}

async function onNode(node: string, argv: readonly string[]): Promise<string> {
  return (await ran(['docker', 'exec', node, ...argv])).stdout.trim()
}
