import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {documentOf, type Finished, k8sLocal, story} from '../support/cli.ts'
import {docker} from '../support/engine.ts'
import {kubectl} from '../support/cluster.ts'
import {applyManifest, interfacesOf, podsWith} from '../support/in-namespace.ts'
import {say} from '../support/log.ts'
import {attachForms, elsewhere, home, type Inside, refusedForms} from './attach-forms.ts'
import type {Stage, Suite} from './stage.ts'

const kinds = ['pod', 'deployment', 'statefulset'] as const

/** Every form of attachment on every kind of workload, changed while they run, and tools bound to interfaces. */
export const attach: Suite = (stage) => {
  beforeAll(() => setUp(stage))
  afterAll(() => tearDown(stage))

  describe('pod add proves inside the pod', () => {
    const table: string[][] = []
    afterAll(() => say(['attach form × workload', ...table.map((row) => row.join(' | '))].join('\n')))

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
      await inPod(stage, mapped, 'nohup busybox nc -ll -p 80 -e echo hello >/dev/null 2>&1 </dev/null &')
      const connect = `exec 3<>/dev/tcp/127.0.0.1/${18_100 + at('--port-map')}; timeout 3 cat <&3`
      expect(await docker('exec', node, 'bash', '-c', connect)).toBe('hello')
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

    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(message)
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
      const image = await kubectl(stage.cluster, [
        'get',
        'deployment',
        '-n',
        'kube-system',
        'coredns',
        '-o',
        'jsonpath={.spec.template.spec.containers[0].image}',
      ])
      await applyManifest(stage.cluster, [toolless(image)])
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

/** A `pod` command in the suite's namespace. Somebody else's change of a borrowed cluster is waited for. */
async function run(
  {home: person, at, cluster}: Stage,
  exitCode: number,
  [verb = '', ...words]: readonly string[],
): Promise<Finished> {
  for (const end = Date.now() + 90_000; ; await new Promise((resolve) => setTimeout(resolve, 1000))) {
    const [before, behind] = words.includes('--')
      ? [words.slice(0, words.indexOf('--')), words.slice(words.indexOf('--'))]
      : [words, []]
    const finished = await k8sLocal(person, ['pod', verb, ...before, '--namespace', home, ...at, ...behind])
    const isBusy =
      finished.exitCode === 6 && `${finished.stderr}${finished.stdout}`.includes(`working on the cluster ${cluster}`)
    if (isBusy && Date.now() < end) continue
    if (finished.exitCode !== exitCode) throw new Error(`expected exit ${exitCode}\n${story(finished)}`)
    return finished
  }
}

async function setUp({cluster, home: person, at}: Stage): Promise<void> {
  const namespaces = [home, elsewhere].map((name) => ({apiVersion: 'v1', kind: 'Namespace', metadata: {name}}))
  await applyManifest(cluster, namespaces)
  const made = await k8sLocal(person, [
    'net',
    'add',
    'macvlan',
    'shared',
    '--namespace',
    home,
    '--master',
    'lan',
    '--ipam',
    'host-local',
    ...at,
  ])
  if (made.exitCode !== 0) throw new Error(story(made))
  const listed = await k8sLocal(person, ['net', 'list', '--json', ...at])
  const {networks} = documentOf<{readonly networks: readonly {readonly namespace: string; readonly master?: string}[]}>(
    listed,
  )
  const master = networks.find(({namespace}) => namespace === home)?.master ?? ''
  const range = (subnet: string, end: number) => ({
    type: 'host-local',
    ranges: [
      [{subnet: `${subnet}.0/24`, rangeStart: `${subnet}.10`, rangeEnd: `${subnet}.${end}`, gateway: `${subnet}.1`}],
    ],
  })
  const ips = {capabilities: {ips: true}}
  await applyManifest(cluster, [
    network(home, 'bridged', [
      {type: 'bridge', bridge: 'br-e2e-att', isGateway: true, ...ips, ipam: range('10.193.0', 250)},
      {type: 'bandwidth', capabilities: {bandwidth: true}},
      {type: 'portmap', capabilities: {portMappings: true}, snat: true},
    ]),
    network(elsewhere, 'far', [{type: 'bridge', bridge: 'br-e2e-far', ipam: range('10.194.0', 250)}]),
    network(home, 'fixed', [{type: 'macvlan', master, mode: 'bridge', ...ips, ipam: {type: 'static'}}]),
    network('kube-system', 'e2e-attach-eth0', [
      {type: 'bridge', bridge: 'br-e2e-eth0', isDefaultGateway: true, ipam: range('10.196.0', 250)},
    ]),
  ])
}

async function tearDown({cluster, home: person, at, nodes}: Stage): Promise<void> {
  await k8sLocal(person, ['net', 'remove', 'shared', '--namespace', home, '--force', ...at])
  await kubectl(cluster, ['delete', 'namespace', home, elsewhere, '--ignore-not-found', '--wait=true'], 120)
  await kubectl(cluster, [
    'delete',
    'network-attachment-definitions',
    '-n',
    'kube-system',
    'e2e-attach-eth0',
    '--ignore-not-found',
  ])
  for (const node of nodes.all)
    for (const bridge of ['br-e2e-att', 'br-e2e-far', 'br-e2e-eth0'])
      await docker('exec', node, 'bash', '-c', `ip link del ${bridge} 2>/dev/null || true`)
}

function network(namespace: string, name: string, plugins: readonly object[]): object {
  const config = JSON.stringify({cniVersion: '0.4.0', name: `e2e-attach-${name}`, plugins})
  return {
    apiVersion: 'k8s.cni.cncf.io/v1',
    kind: 'NetworkAttachmentDefinition',
    metadata: {namespace, name},
    spec: {config},
  }
}

/** What a person has running: two pods of the image that the cluster's nodes hold already. */
async function ownWorkload({cluster}: Stage, kind: 'deployment' | 'statefulset'): Promise<object> {
  const image = await kubectl(cluster, [
    'get',
    'pod',
    '-n',
    home,
    'form-0',
    '-o',
    'jsonpath={.spec.containers[0].image}',
  ])
  const [name, labels] = [`own-${kind}`, {app: `own-${kind}`}]
  const containers = [{name: 'own', image, imagePullPolicy: 'IfNotPresent'}]
  return {
    apiVersion: 'apps/v1',
    kind: kind === 'deployment' ? 'Deployment' : 'StatefulSet',
    metadata: {name, namespace: home},
    spec: {
      replicas: 2,
      selector: {matchLabels: labels},
      ...(kind === 'statefulset' && {serviceName: name}),
      template: {metadata: {labels}, spec: {terminationGracePeriodSeconds: 1, containers}},
    },
  }
}

function toolless(image: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {name: 'toolless', namespace: home, annotations: {'k8s.v1.cni.cncf.io/networks': 'shared'}},
    spec: {terminationGracePeriodSeconds: 1, containers: [{name: 'dns', image, imagePullPolicy: 'IfNotPresent'}]},
  }
}

async function look({cluster}: Stage, pod: string): Promise<Inside> {
  const all = await interfacesOf(cluster, {namespace: home, name: pod})
  return Object.fromEntries(all.map((one) => [one.name, one]))
}

async function lookAtAll(stage: Stage, label: string): Promise<readonly Inside[]> {
  const pods = await podsWith(stage.cluster, home, label)
  expect(pods).toHaveLength(2)
  return await Promise.all(pods.map((pod) => look(stage, pod)))
}

function words(inside: Inside): string {
  return Object.values(inside)
    .map(({name, addresses}) => `${name} ${addresses.join(' ') || '-'}`)
    .join(', ')
}

async function inPod({cluster}: Stage, pod: string, script: string): Promise<string> {
  return await kubectl(cluster, ['exec', '-n', home, pod, '-c', 'probe', '--', 'sh', '-c', script])
}
