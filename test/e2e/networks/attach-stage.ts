import {expect} from 'vitest'
import {documentOf, type Finished, k8sLocal, story} from '../support/cli.ts'
import {kubectl} from '../support/cluster.ts'
import {docker} from '../support/engine.ts'
import {applyManifest, interfacesOf, podsWith} from '../support/in-namespace.ts'
import {elsewhere, home, type Inside} from './attach-forms.ts'
import type {Stage} from '../support/stage.ts'

/** A `pod` command in the suite's namespace. Somebody else's change of a borrowed cluster is waited for. */
export async function run(
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

export async function setUp({cluster, home: person, at}: Stage): Promise<void> {
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

export async function tearDown({cluster, home: person, at, nodes}: Stage): Promise<void> {
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
export async function ownWorkload({cluster}: Stage, kind: 'deployment' | 'statefulset'): Promise<object> {
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

/** A pod of the image that every node has for its sandboxes: it holds one program, which waits. */
export async function toolless({cluster}: Stage): Promise<object> {
  const names = await kubectl(cluster, ['get', 'nodes', '-o', 'jsonpath={.items[0].status.images[*].names}'])
  const image = /"([^"@]*\/pause:[^"@]*)"/.exec(names)?.[1]
  if (image === undefined) throw new Error(`no image of pause among ${names}`)
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {name: 'toolless', namespace: home, annotations: {'k8s.v1.cni.cncf.io/networks': 'shared'}},
    spec: {terminationGracePeriodSeconds: 1, containers: [{name: 'dns', image, imagePullPolicy: 'IfNotPresent'}]},
  }
}

export async function look({cluster}: Stage, pod: string): Promise<Inside> {
  const all = await interfacesOf(cluster, {namespace: home, name: pod})
  return Object.fromEntries(all.map((one) => [one.name, one]))
}

export async function lookAtAll(stage: Stage, label: string): Promise<readonly Inside[]> {
  const pods = await podsWith(stage.cluster, home, label)
  expect(pods).toHaveLength(2)
  return await Promise.all(pods.map((pod) => look(stage, pod)))
}

export async function inPod({cluster}: Stage, pod: string, script: string): Promise<string> {
  return await kubectl(cluster, ['exec', '-n', home, pod, '-c', 'probe', '--', 'sh', '-c', script])
}
