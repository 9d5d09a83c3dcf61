import {describe, expect, test} from 'vitest'
import {readPing} from '../../src/checks/ping-output.ts'
import {Problem} from '../../src/problem.ts'
import {gather} from '../../src/run/gather.ts'
import {fakeContext, fakeExec, finished} from './fakes.ts'

describe('gather', () => {
  test('looks at everything and keeps each answer under its name', async () => {
    const {exec} = fakeExec((node, argv) => `${node} ${argv.join(' ')}`)
    const kubernetes = {get: async () => ({ok: true}), exec: async () => finished('inside', {exitCode: 3})}

    const seen = await gather(
      {
        api: {type: 'api', path: '/readyz'},
        node: {type: 'node', node: 'n', argv: ['ls']},
        pod: {type: 'pod', namespace: 'a', pod: 'p', argv: ['ip', 'addr']},
      },
      fakeContext({engine: {exec}, kubernetes}),
    )

    expect(seen).toEqual({
      api: {type: 'json', value: {ok: true}},
      node: {type: 'text', exitCode: 0, stdout: 'n ls', stderr: ''},
      pod: {type: 'text', exitCode: 3, stdout: 'inside', stderr: ''},
    })
  })

  test('makes evidence of a look that fails, is late, or finds nothing', async () => {
    const kubernetes = {
      get: async (path: string) => {
        if (path === '/late') return new Promise<never>(() => undefined)
        if (path === '/none') return undefined
        throw new Problem('api-forbidden', {message: 'not allowed', cause: 'pods is forbidden\nmore'})
      },
    }
    const probe = (path: string) => ({type: 'api', path}) as const

    const seen = await gather({late: probe('/late'), none: probe('/none'), no: probe('/no')}, fakeContext({kubernetes}))

    expect(seen).toEqual({
      late: {type: 'failed', reason: 'no answer within 10 s'},
      none: {type: 'failed', reason: '/none does not exist'},
      no: {type: 'failed', reason: 'not allowed: pods is forbidden'},
    })
  })
})

describe('a ping', () => {
  const probe = {type: 'ping', namespace: 'v', from: 'a', to: 'b', network: 'default/lan', count: 3} as const
  const pods: Readonly<Record<string, unknown>> = {
    a: [
      {name: 'cilium', interface: 'eth0', ips: ['10.0.0.1']},
      {name: 'default/lan', interface: 'net1', ips: ['172.30.0.40']},
    ],
    b: [{name: 'default/lan', interface: 'net2', ips: ['172.30.0.41']}],
    c: [{name: 'default/lan', interface: 'net1'}],
    late: [],
  }

  test('goes from the sender’s interface to the receiver’s address', async () => {
    const {kubernetes, asked} = world(
      '3 packets transmitted, 3 received, 0% packet loss, time 402ms\nrtt min/avg/max/mdev = 0.05/0.123/0.2/0.01 ms\n',
    )

    const {ping} = await gather({ping: probe}, fakeContext({kubernetes}))

    expect(asked).toEqual(['v/a: ping -c 3 -i 0.2 -W 2 -I net1 172.30.0.41'])
    expect(ping).toMatchObject({
      type: 'ping',
      interface: 'net1',
      address: '172.30.0.41',
      sent: 3,
      received: 3,
      averageMs: 0.123,
    })
  })

  test('has the size asked for, and goes to another namespace', async () => {
    const {kubernetes, asked} = world('')
    const read = async (ref: {readonly name: string; readonly namespace?: string}) =>
      (ref.name === 'b') === (ref.namespace === 'w') ? kubernetes.read({name: ref.name}) : undefined

    await gather({ping: {...probe, toNamespace: 'w', payload: 1472}}, fakeContext({kubernetes: {...kubernetes, read}}))

    expect(asked).toEqual(['v/a: ping -c 3 -i 0.2 -W 2 -s 1472 -I net1 172.30.0.41'])
  })

  test.each([
    ['nobody', 'pod v/nobody does not exist'],
    ['c', 'c has no address on default/lan'],
  ])('cannot be looked at without an address: %s', async (to, reason) => {
    const {ping} = await gather({ping: {...probe, to}}, fakeContext({kubernetes: world('').kubernetes}))

    expect(ping).toEqual({type: 'failed', reason})
  })

  test('names the attachments that there are when the wanted one is not', async () => {
    const {ping} = await gather(
      {ping: {...probe, network: 'default/wan'}},
      fakeContext({kubernetes: world('').kubernetes}),
    )

    expect(ping).toMatchObject({
      reason: 'pod v/a has no attachment to default/wan; its network-status names: cilium, default/lan',
    })
  })

  test('says of a pod that is not Ready just that, whatever else it lacks', async () => {
    const {ping} = await gather({ping: {...probe, to: 'late'}}, fakeContext({kubernetes: world('').kubernetes}))

    expect(ping).toEqual({type: 'failed', reason: 'pod v/late is not Ready', unready: 'v/late'})
  })

  test('is not the only look that can name an attachment: any program takes its interface and address', async () => {
    const {kubernetes, asked} = world('')
    const at = {namespace: 'v', pod: 'b', network: 'default/lan'}
    const argv = ['tool', {interface: at}, {address: at}]

    await gather({tool: {type: 'pod', namespace: 'v', pod: 'a', argv}}, fakeContext({kubernetes}))

    expect(asked).toEqual(['v/a: tool net2 172.30.0.41'])
  })

  function world(output: string) {
    const asked: string[] = []
    const kubernetes = {
      read: async ({name}: {name: string}) => {
        const status = pods[name]
        return status
          ? {
              apiVersion: 'v1',
              kind: 'Pod',
              metadata: {name, annotations: {'k8s.v1.cni.cncf.io/network-status': JSON.stringify(status)}},
              status: {conditions: [{type: 'Ready', status: name === 'late' ? 'False' : 'True'}]},
            }
          : undefined
      },
      exec: async ({namespace, name}: {namespace: string; name: string}, argv: readonly string[]) => {
        asked.push(`${namespace}/${name}: ${argv.join(' ')}`)
        return finished(output)
      },
    }
    return {kubernetes, asked}
  }
})

describe('an offer to the API', () => {
  const object = {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p', namespace: 'n'}}
  const refusing =
    (...said: ConstructorParameters<typeof Problem>) =>
    async () => {
      throw new Problem(...said)
    }

  test.each([
    ['taken', async () => 'created' as const, {type: 'admission', accepted: true, message: ''}],
    [
      'refused by a policy',
      refusing('api-refused', {message: 'refused to apply', cause: 'denied request: no leave'}),
      {type: 'admission', accepted: false, message: 'denied request: no leave'},
    ],
    [
      'forbidden',
      refusing('api-forbidden', {message: 'may not', cause: 'pods is forbidden'}),
      {type: 'admission', accepted: false, message: 'pods is forbidden'},
    ],
    [
      'not answered',
      refusing('api-unreachable', {message: 'The API does not answer'}),
      {type: 'failed', reason: 'The API does not answer'},
    ],
  ])('that is %s is told as it is, and keeps nothing', async (_, answer, expected) => {
    const dryRuns: unknown[] = []
    const apply = async (_object: unknown, options?: {readonly dryRun?: boolean}) => {
      dryRuns.push(options?.dryRun)
      return await answer()
    }

    const {offered} = await gather({offered: {type: 'admission', object}}, fakeContext({kubernetes: {apply}}))

    expect(offered).toEqual(expected)
    expect(dryRuns).toEqual([true])
  })
})

describe('readPing', () => {
  test.each([
    [
      'iputils',
      '3 packets transmitted, 2 received, 33% packet loss, time 2002ms\nrtt min/avg/max/mdev = 0.472/0.501/0.530/0.029 ms',
      {sent: 3, received: 2, averageMs: 0.501},
    ],
    [
      'iputils, errors',
      '3 packets transmitted, 0 received, +3 errors, 100% packet loss, time 2041ms\npipe 3',
      {sent: 3, received: 0, averageMs: null},
    ],
    [
      'busybox',
      '3 packets transmitted, 3 packets received, 0% packet loss\nround-trip min/avg/max = 0.110/0.140/0.190 ms',
      {sent: 3, received: 3, averageMs: 0.14},
    ],
    ['nothing', 'ping: unknown iface net1', {sent: 0, received: 0, averageMs: null}],
  ])('understands %s', (_, output, figures) => {
    expect(readPing(output)).toEqual(figures)
  })
})
