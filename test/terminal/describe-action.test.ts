import {spawnSync} from 'node:child_process'
import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import type {ActionOf, ActionType} from '../../src/steps/action.ts'
import type {Artifact} from '../../src/steps/artifact.ts'
import type {Readiness, ReadinessType} from '../../src/steps/readiness.ts'
import type {Step} from '../../src/steps/step.ts'
import {describeAction} from '../../src/terminal/describe-action.ts'
import {describeReadiness} from '../../src/terminal/describe-readiness.ts'
import {presentPlan} from '../../src/terminal/present-plan.ts'
import {hereDocument, shellText} from '../../src/terminal/shell-text.ts'
import {plainStyle} from '../../src/terminal/style.ts'

const program: Artifact = {
  name: 'kind',
  type: 'program',
  version: 'v0.33.0',
  platform: 'linux/amd64',
  origin: {kind: 'online', source: 'https://example.test/kind'},
}
const image: Artifact = {
  name: 'cilium',
  type: 'image',
  version: 'v1.20.2',
  platform: 'linux/amd64',
  reference: 'example.test/cilium:v1.20.2',
  origin: {kind: 'online', source: 'example.test/cilium:v1.20.2'},
}
const bundled: Artifact = {
  ...image,
  name: 'multus-thin',
  version: 'v4.3.0',
  origin: {kind: 'bundle', file: '/bundle/images/multus-thin.tar'},
}
const record = {
  name: 'lab',
  kubernetes: 'v1.34.4',
  controlPlanes: 1,
  workers: 1,
  cni: 'cilium',
  cniVersion: '1.20.2',
  multus: 'thin',
  podSubnet: '10.244.0.0/16',
  serviceSubnet: '10.96.0.0/16',
  networks: [],
}
const nodes = ['lab-control-plane', 'lab-worker']
const object = {apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'team'}}

/** One of each: an action without an example does not compile. */
const examples: {readonly [T in ActionType]: ActionOf<T>} = {
  'fetch-artifact': {type: 'fetch-artifact', artifact: program},
  'ensure-engine-image': {type: 'ensure-engine-image', artifact: {...image, name: 'node', type: 'node-image'}},
  'pull-images': {type: 'pull-images', artifacts: [image, bundled]},
  'begin-cluster': {type: 'begin-cluster', cluster: 'lab', record},
  'create-kind-cluster': {
    type: 'create-kind-cluster',
    cluster: 'lab',
    nodes,
    config: 'kind: Cluster\nname: lab\n',
    image: 'kindest/node:v1.34.4',
    kind: program,
  },
  'start-nodes': {type: 'start-nodes', nodes},
  'stop-nodes': {type: 'stop-nodes', nodes},
  'restart-nodes': {type: 'restart-nodes', nodes},
  'create-engine-network': {
    type: 'create-engine-network',
    cluster: 'lab',
    network: {
      name: 'lab-data',
      subnet: '172.30.0.0/24',
      nodeRange: '172.30.0.0/27',
      labels: {'k8s-local.dev/cluster': 'lab'},
    },
  },
  'connect-nodes': {type: 'connect-nodes', network: 'lab-data', addresses: {'lab-worker': '172.30.0.3'}},
  'fit-node-nics': {
    type: 'fit-node-nics',
    network: 'lab-data',
    interface: 'eth1',
    addresses: {'lab-worker': '172.30.0.3'},
    prefix: 24,
  },
  'pin-node-addresses': {type: 'pin-node-addresses', nodes: ['lab-worker'], subnets: ['172.30.0.0/24']},
  'copy-cni-plugins': {type: 'copy-cni-plugins', artifact: program, nodes: ['lab-worker']},
  'import-images': {type: 'import-images', artifacts: [image], nodes: ['lab-worker']},
  'build-warm-image': {
    type: 'build-warm-image',
    image: {
      reference: 'k8s-local/warm-node:v1.34.4-0123456789abcdef',
      hash: '0123456789abcdef'.repeat(4),
      contents: '{}',
    },
    node: {...image, name: 'node', type: 'node-image'},
    images: [image, bundled],
  },
  'save-warm-image': {
    type: 'save-warm-image',
    image: {
      reference: 'k8s-local/warm-node:v1.34.4-0123456789abcdef',
      hash: '0123456789abcdef'.repeat(4),
      contents: '{}',
    },
    node: {...image, name: 'node', type: 'node-image'},
    bundle: '/my bundle',
    fitting: [],
  },
  'remove-warm-images': {type: 'remove-warm-images', images: ['k8s-local/warm-node:v1.34.4-0123456789abcdef']},
  'delete-cached-files': {type: 'delete-cached-files', files: ['/home/u/.cache/k8s-local/artifacts/ab-kind']},
  'install-chart': {
    type: 'install-chart',
    helm: program,
    chart: program,
    release: 'cilium',
    namespace: 'kube-system',
    values: {cni: {exclusive: false}},
    capabilityLists: [],
    node: 'lab-control-plane',
  },
  'apply-manifest': {
    type: 'apply-manifest',
    artifact: program,
    edits: [{find: 'name: A\n  value: "bird"', replace: 'name: A\n  value: "vxlan"'}],
  },
  'apply-objects': {type: 'apply-objects', objects: [object]},
  'collect-diagnosis': {type: 'collect-diagnosis', folder: '/home/u/out/diagnosis-lab-ab12cd'},
  'evict-pods': {type: 'evict-pods', pods: [{namespace: 'team', name: 'web-1', uid: 'u1'}]},
  'delete-objects': {
    type: 'delete-objects',
    objects: [{apiVersion: 'v1', kind: 'Pod', name: 'left', namespace: 'team'}],
  },
  'restart-pods': {
    type: 'restart-pods',
    kind: 'DaemonSet',
    namespace: 'kube-system',
    name: 'cilium',
    node: 'lab-worker',
  },
  'patch-object': {
    type: 'patch-object',
    ref: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'team'},
    patch: {spec: {paused: true}},
  },
  'write-node-files': {
    type: 'write-node-files',
    path: '/etc/cni/multus/net.d/data.conf',
    files: {'lab-worker': '{"type": "macvlan"}\n'},
  },
  'delete-node-links': {type: 'delete-node-links', links: ['br-data'], nodes: ['lab-worker']},
  'delete-node-files': {type: 'delete-node-files', path: '/etc/cni/multus/net.d/data.conf', nodes: ['lab-worker']},
  'merge-kubeconfig': {type: 'merge-kubeconfig', cluster: 'lab', file: '/home/u/.kube/config'},
  wait: {type: 'wait', for: {type: 'nodes-ready', nodes}, timeoutSeconds: 600, onTimeout: 'fail'},
  check: {type: 'check', request: {check: 'nodes', subject: null}},
  'complete-cluster': {type: 'complete-cluster', cluster: 'lab'},
  'delete-kind-cluster': {type: 'delete-kind-cluster', cluster: 'lab'},
  'delete-engine-networks': {type: 'delete-engine-networks', cluster: 'lab'},
  'remove-kubeconfig-entries': {type: 'remove-kubeconfig-entries', cluster: 'lab', file: '/home/u/my kube/config'},
  'forget-cluster': {type: 'forget-cluster', cluster: 'lab'},
}

const waits: {readonly [T in ReadinessType]: Extract<Readiness, {type: T}>} = {
  'nodes-running': {type: 'nodes-running', nodes},
  'nodes-configured': {type: 'nodes-configured', nodes},
  'containerd-answers': {type: 'containerd-answers', nodes},
  'api-ready': {type: 'api-ready', cluster: 'lab', node: 'lab-control-plane'},
  'nodes-registered': {type: 'nodes-registered', nodes},
  'nodes-ready': {type: 'nodes-ready', nodes},
  rollout: {type: 'rollout', kind: 'DaemonSet', namespace: 'kube-system', name: 'cilium'},
  'file-on-nodes': {type: 'file-on-nodes', path: '/etc/cni/net.d/05-cilium.conflist', nodes},
  'multus-first': {type: 'multus-first', nodes, mode: 'thin', confFile: '05-cilium.conflist'},
  'crd-established': {type: 'crd-established', name: 'network-attachment-definitions.k8s.cni.cncf.io'},
  'pods-ready': {type: 'pods-ready', namespace: 'team', names: ['left', 'right']},
  'container-running': {type: 'container-running', namespace: 'team', pod: 'left', container: 'debug'},
  'pods-in-place': {type: 'pods-in-place', nodes},
  'job-pods-ended': {type: 'job-pods-ended', namespace: 'team', name: 'churn', count: 3},
  'pods-gone': {type: 'pods-gone', namespace: 'team', names: ['left']},
}

describe('a plan for people', () => {
  const steps: readonly Step[] = Object.values(examples).map((action) => ({
    id: action.type,
    title: `Title of ${action.type}`,
    action,
    after: [],
  }))
  const plan = {
    title: 'Do everything',
    cluster: 'lab',
    steps: steps.slice(0, 21),
    onFailure: steps.slice(21, 23),
    always: steps.slice(23),
    timeoutSeconds: 600,
    notes: ['a choice, and its reason'],
  }

  test('has a title and something to paste for every action', async () => {
    await expect(`${presentPlan(plan, plainStyle)}\n`).toMatchFileSnapshot('../golden/terminal/plan-of-everything.txt')
  })

  test('is valid shell throughout', () => {
    const commands = Object.values(examples).flatMap((action) => describeAction(action, {cluster: 'lab'}))

    const {stderr, status} = spawnSync('sh', ['-n'], {input: commands.join('\n'), encoding: 'utf8'})

    expect(stderr).toBe('')
    expect(status).toBe(0)
  })

  test('leads to the cluster by the context that was named', () => {
    const action = {type: 'delete-objects', objects: [{apiVersion: 'v1', kind: 'Pod', name: 'a'}]} as const

    expect(describeAction(action, {cluster: 'prod', context: 'prod'})).toEqual(['kubectl --context prod delete pod a'])
    expect(describeAction(action, {cluster: 'lab'})).toEqual(['kubectl --context kind-lab delete pod a'])
  })

  test('names objects that would fill the screen', () => {
    const many = Array.from({length: 30}, (_, index) => ({...object, metadata: {name: `team-${index}`}}))

    const [text] = describeAction({type: 'apply-objects', objects: many}, {cluster: 'lab'})

    expect(text).toMatch(/^# applies Namespace team-0, Namespace team-1/)
    expect(text?.split('\n')).toHaveLength(1)
  })
})

test('every wait says what it waits for', async () => {
  const text = Object.values(waits).map((readiness) => `waits ${describeReadiness(readiness)}\n`)

  await expect(text.join('')).toMatchFileSnapshot('../golden/terminal/waits.txt')
})

describe('a shell line', () => {
  test('gives every word to the program as it is', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({minLength: 1, maxLength: 12}).filter((word) => !word.includes('\0')),
          {minLength: 1, maxLength: 5},
        ),
        (words) => {
          const {stdout} = spawnSync('sh', ['-c', `printf '%s\\n.\\n' ${shellText(words)}`], {encoding: 'utf8'})
          expect(stdout).toBe(words.map((word) => `${word}\n.\n`).join(''))
        },
      ),
      {numRuns: 25},
    )
  })

  test('leaves plain words unquoted, so that they stay readable', () => {
    expect(shellText(['docker', 'network', 'ls', '--filter', 'label=a/b'])).toBe('docker network ls --filter label=a/b')
  })

  test('of a here-document hands over the text untouched', () => {
    const {stdout} = spawnSync('sh', ['-c', hereDocument(['cat'], 'a $HOME `b`\n  c\n')], {encoding: 'utf8'})

    expect(stdout).toBe('a $HOME `b`\n  c\n')
  })
})
