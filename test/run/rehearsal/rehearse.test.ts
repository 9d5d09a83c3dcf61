import {afterEach, describe, expect, test} from 'vitest'
import {judgeRehearsal} from '../../../src/checks/rehearsal/judge-rehearsal.ts'
import {createEngineDriver} from '../../../src/drivers/engine.ts'
import {createProcessDriver} from '../../../src/drivers/process.ts'
import {kindSite} from '../../../src/run/rehearsal/kind-site.ts'
import {rehearse} from '../../../src/run/rehearsal/rehearse.ts'
import {type FakeRule, fakeContainer, type FakePrograms, fakePrograms} from '../../support/fake-programs.ts'
import {makeFakeClock} from '../fake-clock.ts'

const made: FakePrograms[] = []
afterEach(() => {
  for (const fakes of made.splice(0)) fakes.remove()
})

const bridge = JSON.stringify({
  cniVersion: '1.0.0',
  type: 'bridge',
  bridge: 'br-x',
  capabilities: {ips: true},
  ipam: {type: 'host-local', subnet: '10.9.0.0/24'},
})
const result = {
  cniVersion: '1.0.0',
  interfaces: [{name: 'net1', sandbox: '/run/netns/x'}],
  ips: [{address: '10.9.0.2/24', interface: 0}],
}

/** The words of docker for a program in the node, as the site makes them. */
const on = (program: string, node = 'node1') => `exec ${node} timeout --kill-after=2 10 ${program}`
const plugin = (command: string, rule: Partial<FakeRule> = {}): FakeRule => ({
  program: 'docker',
  when: `exec --interactive --env CNI_COMMAND=${command}`,
  readStdin: true,
  ...rule,
})
const inside = (address: string) =>
  [
    JSON.stringify([
      {
        ifname: 'net1',
        mtu: 1500,
        flags: ['UP'],
        link_type: 'ether',
        address: '02:00:00:00:00:01',
        addr_info: [{scope: 'global', local: address, prefixlen: 24}],
      },
    ]),
    JSON.stringify([{dst: '10.9.0.0/24', dev: 'net1'}]),
  ].join('\n')

const healthy: readonly FakeRule[] = [
  plugin('ADD', {stdout: JSON.stringify(result)}),
  plugin('CHECK'),
  plugin('DEL'),
  {
    program: 'docker',
    when: 'exec --interactive node1 timeout --kill-after=2 10 ip -batch',
    readStdin: true,
    stdout: `${inside('10.9.0.2')}\n${inside('10.9.0.3')}\n`,
  },
  {
    program: 'docker',
    when: 'exec --interactive node1 timeout --kill-after=2 10 ip -j',
    readStdin: true,
    stdout: '[{"ifname":"lo"}]\n',
    times: 1,
  },
  {
    program: 'docker',
    when: 'exec --interactive node1 timeout --kill-after=2 10 ip -force',
    readStdin: true,
    stdout: '[{"ifname":"lo"},{"ifname":"br-x"}]\n[]\n',
  },
  {
    program: 'docker',
    when: on('nsenter'),
    stderr: '* connect to 10.9.0.3 port 9 failed: Connection refused\n',
    exitCode: 7,
  },
  {program: 'docker', when: 'exec', exitCode: 1},
]

function stage(
  rules: readonly FakeRule[],
  {signal = new AbortController().signal, ip}: {readonly signal?: AbortSignal; readonly ip?: string} = {},
) {
  const fakes = fakePrograms(rules, {containers: [fakeContainer('node1')]})
  made.push(fakes)
  const engine = createEngineDriver(createProcessDriver(fakes.environment))
  const wish = {
    network: 'default/x',
    name: 'x',
    namespace: 'default',
    runId: 'r1',
    olderThan: 3,
    sites: [{site: kindSite('node1', {engine}), config: bridge}],
    ...(ip !== undefined && {ip}),
  }
  return {fakes, run: () => rehearse(wish, {clock: makeFakeClock(), signal})}
}

/** Commands of the plugin calls, in order, with what they read. */
function pluginCalls({calls}: FakePrograms) {
  return calls().flatMap(({argv, stdin = ''}) => {
    const env = Object.fromEntries(
      argv.flatMap((word, index) => (argv[index - 1] === '--env' ? [word.split(/=(.*)/s).slice(0, 2)] : [])),
    ) as Record<string, string>
    return env['CNI_COMMAND'] === undefined
      ? []
      : [{env, program: argv.at(-1), input: JSON.parse(stdin) as Record<string, unknown>}]
  })
}

describe('a rehearsal', () => {
  test('calls the plugin as a runtime would: ADD, CHECK with the result, DEL, for two pods', async () => {
    const {fakes, run} = stage(healthy, {ip: '10.9.0.40'})

    await run()

    const calls = pluginCalls(fakes)
    const add = calls.find(({env}) => env['CNI_CONTAINERID'] === 'k8s-local-try-default-x-r1-a1')
    expect(calls.map(({env}) => env['CNI_COMMAND'])).toEqual(['ADD', 'ADD', 'CHECK', 'CHECK', 'DEL', 'DEL'])
    expect(add?.program).toBe('/opt/cni/bin/bridge')
    expect(add?.env).toEqual({
      CNI_COMMAND: 'ADD',
      CNI_CONTAINERID: 'k8s-local-try-default-x-r1-a1',
      CNI_NETNS: '/run/netns/k8s-local-try-default-x-r1-a1',
      CNI_IFNAME: 'net1',
      CNI_PATH: '/opt/cni/bin',
      CNI_ARGS:
        'IgnoreUnknown=1;K8S_POD_NAMESPACE=default;K8S_POD_NAME=k8s-local-try-default-x-r1-a1;K8S_POD_INFRA_CONTAINER_ID=k8s-local-try-default-x-r1-a1;IP=10.9.0.40',
    })
    expect(add?.input).toMatchObject({name: 'x', type: 'bridge', runtimeConfig: {ips: ['10.9.0.40']}})
    expect(add?.input).not.toHaveProperty('prevResult')
    expect(calls.find(({env}) => env['CNI_COMMAND'] === 'CHECK')?.input).toMatchObject({prevResult: result})
    expect(calls.find(({env}) => env['CNI_COMMAND'] === 'DEL')?.input).toMatchObject({prevResult: result})
  })

  test('that went well passes every check, and takes away the bridge that it found not there before', async () => {
    const {fakes, run} = stage([{program: 'docker', when: on('ip link delete br-x')}, ...healthy])

    const checks = judgeRehearsal(await run())

    expect(checks.map(({check, status}) => `${check} ${status}`)).toEqual([
      'add pass',
      'check pass',
      'inside pass',
      'del pass',
      'left pass',
      'unique pass',
      'reach pass',
    ])
    expect(fakes.lines().some((line) => line.endsWith('ip link delete br-x'))).toBe(true)
  })

  test('deletes and cleans up where ADD failed, and says the plugin’s words', async () => {
    const error = JSON.stringify({code: 999, msg: 'Link not found'})
    const {fakes, run} = stage([plugin('ADD', {stdout: error, exitCode: 1}), ...healthy])

    const [add] = judgeRehearsal(await run())

    expect(add).toMatchObject({
      check: 'add',
      status: 'fail',
      summary: 'bridge: Link not found',
      cause: 'the master interface does not exist on the node',
    })
    expect(pluginCalls(fakes).filter(({env}) => env['CNI_COMMAND'] === 'DEL')).toHaveLength(2)
    expect(fakes.calls().some(({stdin = ''}) => stdin.includes('netns delete k8s-local-try-default-x-r1-a1'))).toBe(
      true,
    )
  })

  test('deletes what an interrupt left half way, and begins nothing more', async () => {
    const interrupt = new AbortController()
    const {fakes, run} = stage([plugin('ADD', {stdout: JSON.stringify(result), seconds: 0.5}), ...healthy], {
      signal: interrupt.signal,
    })

    const running = run()
    while (pluginCalls(fakes).length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
    interrupt.abort()
    await running

    expect(pluginCalls(fakes).map(({env}) => env['CNI_COMMAND'])).toEqual(['ADD', 'ADD', 'DEL', 'DEL'])
    expect(fakes.lines().some((line) => line.includes('nsenter'))).toBe(false)
    expect(fakes.calls().some(({stdin = ''}) => stdin.includes('netns delete'))).toBe(true)
  })

  test('takes back what a killed run left of the same network, before it begins', async () => {
    const left = 'k8s-local-try-default-x-abc123-a1'
    const {fakes, run} = stage([{program: 'docker', when: on('find /run/netns'), stdout: `${left}\n`}, ...healthy])

    await run()

    const [first] = pluginCalls(fakes)
    expect(first?.env).toMatchObject({CNI_COMMAND: 'DEL', CNI_CONTAINERID: left, CNI_NETNS: `/run/netns/${left}`})
    expect(fakes.calls().filter(({stdin = ''}) => stdin === `netns delete ${left}`)).toHaveLength(1)
    expect(fakes.lines().find((line) => line.includes('find /run/netns'))).toContain(
      '-name k8s-local-try-default-x-??????-[ab]* -mmin +3',
    )
  })

  test('tells a namespace and a lease that stayed', async () => {
    const {run} = stage([
      {
        program: 'docker',
        when: 'exec --interactive node1 timeout --kill-after=2 10 ip -force',
        readStdin: true,
        stdout: '[{"ifname":"lo"}]\n[{"name":"k8s-local-try-default-x-r1-b1"}]\n',
      },
      {program: 'docker', when: on('grep'), stdout: '/var/lib/cni/networks/x/10.9.0.2\n'},
      ...healthy,
    ])

    const left = judgeRehearsal(await run()).find(({check}) => check === 'left')

    expect(left).toMatchObject({
      status: 'fail',
      summary: 'k8s-local-try-default-x-r1-b1, /var/lib/cni/networks/x/10.9.0.2 stayed on node1',
    })
  })

  test('touches no node where its configuration cannot be read', async () => {
    const fakes = fakePrograms([], {containers: [fakeContainer('node1')]})
    made.push(fakes)
    const site = kindSite('node1', {engine: createEngineDriver(createProcessDriver(fakes.environment))})
    const wish = {
      network: 'default/x',
      name: 'x',
      namespace: 'default',
      runId: 'r1',
      olderThan: 3,
      sites: [{site, config: '{"type": "bridge",}'}],
    }

    const checks = judgeRehearsal(await rehearse(wish, {clock: makeFakeClock(), signal: new AbortController().signal}))

    expect(checks).toMatchObject([{check: 'config', status: 'fail'}])
    expect(fakes.lines()).toEqual([])
  })

  test('tells the words of libcni where a plugin is not on the node', async () => {
    const words = "timeout: failed to run command '/opt/cni/bin/bridge': No such file or directory\n"
    const {run} = stage([plugin('ADD', {stderr: words, exitCode: 127}), ...healthy])

    const [add] = judgeRehearsal(await run())

    expect(add).toMatchObject({
      summary: 'bridge: failed to find plugin "bridge" in path [/opt/cni/bin]',
      cause: 'the plugin bridge is not on the node',
    })
  })

  test('ends a plugin inside the node when its time is over', async () => {
    const {fakes, run} = stage([plugin('ADD', {exitCode: 124}), ...healthy])

    const [add] = judgeRehearsal(await run())

    expect(add?.summary).toBe('bridge: it did not end in time and was ended')
    expect(fakes.lines().find((line) => line.includes('CNI_COMMAND=ADD'))).toContain(
      'node1 timeout --kill-after=2 30 /opt/cni/bin/bridge',
    )
  })
})
