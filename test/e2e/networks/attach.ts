import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {documentOf} from '../support/cli.ts'
import {eventually, kubectl} from '../support/cluster.ts'
import {docker} from '../support/engine.ts'
import {applyManifest, podsWith} from '../support/in-namespace.ts'
import {say} from '../support/log.ts'
import {attachForms, elsewhere, home, type Inside, refusedForms} from './attach-forms.ts'
import {inPod, look, lookAtAll, ownWorkload, run, setUp, tearDown, toolless} from './attach-stage.ts'
import type {Suite} from '../support/stage.ts'

const kinds = ['pod', 'deployment', 'statefulset'] as const

/** Every form of attachment on every kind of workload, changed while they run, and tools bound to interfaces. */
export const attach: Suite = (stage) => {
  beforeAll(() => setUp(stage))
  afterAll(() => tearDown(stage))

  describe('pod add proves inside the pod', () => {
    const table: string[][] = []
    afterAll(async () => {
      say(['attach form × workload', ...table.map((row) => row.join(' | '))].join('\n'))
      // A node's slice of the shared network holds some twenty addresses: what comes next needs some, wherever it is placed. Bare pods stay to be refused.
      await kubectl(stage.cluster, ['delete', 'deployments,statefulsets', '--all', '-n', home, '--wait=true'], 120)
    })

    test.each(Object.keys(attachForms))('%s, as pod, Deployment and StatefulSet', async (title) => {
      const form = attachForms[title]
      if (!form) throw new Error(`no form ${title}`)
      const row = [title.padEnd(20)]
      table.push(row)
      for (const [index, kind] of kinds.entries()) {
        const place = Object.keys(attachForms).indexOf(title) * kinds.length + index
        const name = `form-${place}`
        await run(stage, 0, ['add', name, '--as', kind, ...form.flags(place)])
        const [pod = ''] =
          kind === 'pod' ? [name] : await podsWith(stage.cluster, home, `k8s-local.dev/workload=${name}`)
        const inside = await look(stage, pod)
        form.proof(inside, place)
        await run(stage, 0, ['show', pod, '--live'])
        row.push(`${kind} ${words(inside)}`)
      }
    })

    test('bandwidth, ports and DNS behind a default route really work', async () => {
      const at = (title: string) => Object.keys(attachForms).indexOf(title) * kinds.length
      const [shaped, mapped, routed] = [
        `form-${at('--bandwidth')}`,
        `form-${at('--port-map')}`,
        `form-${at('--default-route')}`,
      ]
      const node = await kubectl(stage.cluster, ['get', 'pod', '-n', home, mapped, '-o', 'jsonpath={.spec.nodeName}'])
      await inPod(stage, mapped, 'busybox setsid busybox nc -ll -p 80 -e echo hello >/dev/null 2>&1 </dev/null &')
      // bash goes on after a connection that was refused: && makes it a failure, and the server is a moment away from listening.
      const connect = `exec 3<>/dev/tcp/127.0.0.1/${18_100 + at('--port-map')} && timeout 3 cat <&3`
      const greeting = await eventually('the port of the node leads to the pod', 20, () =>
        docker('exec', node, 'bash', '-c', connect),
      )
      expect(greeting).toBe('hello')
      expect(await inPod(stage, routed, 'nslookup kubernetes.default.svc.cluster.local')).toContain('10.96.0.1')

      const shapedNode = await kubectl(stage.cluster, [
        'get',
        'pod',
        '-n',
        home,
        shaped,
        '-o',
        'jsonpath={.spec.nodeName}',
      ])
      const server = (await look(stage, shaped))['net1']?.addresses[0]?.split('/')[0] ?? ''
      await inPod(stage, shaped, 'iperf3 --server --one-off --daemon')
      await run(stage, 0, ['add', 'sender', '--network', 'bridged', '--node', shapedNode])
      const {stdout} = await run(stage, 0, ['exec', 'sender', '--', 'iperf3', '-c', server, '-t', '3', '-J'])
      const {end} = JSON.parse(stdout) as {readonly end: {readonly sum_received: {readonly bits_per_second: number}}}
      say(`--bandwidth 20M: ${(end.sum_received.bits_per_second / 1e6).toFixed(1)} Mbit/s received`)
      expect(end.sum_received.bits_per_second).toBeLessThan(25e6)
      expect(end.sum_received.bits_per_second).toBeGreaterThan(10e6)
    })
  })

  test.each(refusedForms)('pod add refuses: %s', async (message, flags) => {
    const {stderr} = await run(stage, 2, ['add', 'refused', ...flags])

    // The first letter is a capital where it is the only finding.
    expect(stderr.replaceAll(/\s+/g, ' ').toLowerCase()).toContain(message.toLowerCase())
    say(`refused: ${flags.join(' ')}\n    ${message}`)
    expect(
      await kubectl(stage.cluster, ['get', 'pods', '-n', home, '-l', 'app.kubernetes.io/name=refused', '-o', 'name']),
    ).toBe('')
  })

  test.each(['deployment', 'statefulset'] as const)(
    'networks come to a running %s and go, the others keep their names',
    async (kind) => {
      const workload = `${kind}/own-${kind}`
      await applyManifest(stage.cluster, [await ownWorkload(stage, kind)])
      await kubectl(stage.cluster, ['rollout', 'status', '-n', home, workload, '--timeout=120s'], 130)

      const attached = await run(stage, 0, ['attach', workload, '--network', 'bridged', '--network', 'shared@sh0'])
      expect(attached.stderr).toContain('+ bridged, shared@sh0')
      for (const inside of await lookAtAll(stage, `app=own-${kind}`)) {
        expect(Object.keys(inside).toSorted()).toEqual(['eth0', 'net1', 'sh0'])
        say(`${workload} with two networks: ${words(inside)}`)
      }
      expect((await run(stage, 0, ['attach', workload, '--network', 'shared@sh0'])).stdout).toContain(
        'already as asked',
      )

      await run(stage, 0, ['attach', workload, '--network', `${elsewhere}/far`])
      const detached = await run(stage, 0, ['detach', workload, '--network', 'bridged'])
      expect(detached.stderr).toContain(`- bridged, shared@sh0, ${elsewhere}/far\n+ shared@sh0, ${elsewhere}/far@net3`)
      for (const inside of await lookAtAll(stage, `app=own-${kind}`)) {
        expect(Object.keys(inside).toSorted()).toEqual(['eth0', 'net3', 'sh0'])
        say(`${workload} with one gone:     ${words(inside)}`)
      }
    },
  )

  test('a bare pod is made again on request only', async () => {
    await run(stage, 0, ['add', 'bare', '--network', 'shared'])

    expect((await run(stage, 2, ['attach', 'bare', '--network', 'bridged'])).stderr).toContain('--recreate')
    expect(Object.keys(await look(stage, 'bare'))).not.toContain('net2')
    await run(stage, 0, ['attach', 'bare', '--network', 'bridged', '--recreate'])
    expect(Object.keys(await look(stage, 'bare'))).toContain('net2')
  })

  describe('pod exec', () => {
    // A node's slice of the shared network holds some twenty addresses, and the table has taken most of them.
    beforeAll(async () => {
      await kubectl(stage.cluster, ['delete', 'deployments,statefulsets,pods', '--all', '-n', home, '--wait=true'], 120)
    })

    test('binds a tool to the interface', async () => {
      const {nodes} = stage
      await run(stage, 0, ['add', 'one', '--network', 'shared', '--network', 'bridged', '--node', nodes.workers[0]])
      await run(stage, 0, ['add', 'other', '--network', 'shared', '--network', 'bridged', '--node', nodes.workers[1]])
      const target = (await look(stage, 'other'))['net1']?.addresses[0]?.split('/')[0] ?? ''

      const bound = await run(stage, 0, ['exec', 'one', '--interface', 'net1', '--', 'ping', '-c', '2', target])
      expect(bound.stdout).toMatch(/from \S+ net1: .*\n(.*\n)*.*2 packets transmitted, 2 received/)
      // The bridge of another node is behind net2: nothing answers there, and the exit code is ping's.
      await run(stage, 1, ['exec', 'one', '--interface', 'net2', '--', 'ping', '-c', '1', '-W', '1', target])
    })

    test('adds a container where the image has no such tool', async () => {
      await applyManifest(stage.cluster, [await toolless(stage)])
      await kubectl(stage.cluster, ['wait', '-n', home, 'pod/toolless', '--for=condition=Ready', '--timeout=60s'], 70)

      const ran = await run(stage, 0, [
        'exec',
        'toolless',
        '--json',
        '--',
        'ip',
        '-o',
        '-4',
        'addr',
        'show',
        'dev',
        '{interface}',
      ])
      expect(documentOf<{readonly container: string; readonly stdout: string}>(ran)).toMatchObject({
        container: 'k8s-local-debug-1',
        stdout: expect.stringContaining('net1') as string,
      })
      const again = await run(stage, 0, ['exec', 'toolless', '--json', '--', 'ping', '-c', '1', '{address}'])
      expect(documentOf<{readonly container: string}>(again).container).toBe('k8s-local-debug-1')
    })
  })
}

function words(inside: Inside): string {
  return Object.values(inside)
    .map(({name, addresses}) => `${name} ${addresses.join(' ') || '-'}`)
    .join(', ')
}
