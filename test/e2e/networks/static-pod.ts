import {afterAll, beforeAll, expect, test} from 'vitest'
import {mustExit} from '../support/cli.ts'
import {eventually, kubectl} from '../support/cluster.ts'
import {ran} from '../support/engine.ts'
import type {Stage, Suite} from '../support/stage.ts'
import {inside, podObjects} from './attached-pods.ts'
import {removeNetworks} from './network-facts.ts'

const namespace = 'e2e-static'
const file = '/etc/kubernetes/manifests/e2e-static.yaml'

/** A pod that the kubelet starts from a file on the node: the API shows it, and nobody made it there. No check of verify can make one. */
export const staticPod: Suite = (stage) => {
  const [node] = stage.nodes.workers
  const pod = `fixed-${node}`

  beforeAll(async () => {
    await kubectl(stage.cluster, ['create', 'namespace', namespace])
    const range = ['--subnet', '10.194.0.0/24', '--ipam', 'host-local']
    const add = ['net', 'add', 'bridge', 'joined', ...range, '--namespace', namespace, '--yes', ...stage.at]
    await mustExit(0, stage.home, add)
  }, 120_000)
  afterAll(async () => {
    await ran(['docker', 'exec', node, 'rm', '-f', file])
    await gone(stage, pod)
    await removeNetworks(stage, namespace)
  }, 120_000)

  test('gets the network that its annotation names, with an address of its range', async () => {
    const [object] = await podObjects(stage, namespace, [{name: 'fixed', node, networks: [{name: 'joined'}]}])
    const stdin = JSON.stringify(object)
    const written = await ran(['docker', 'exec', '-i', node, 'sh', '-c', `cat > ${file}`], {stdin})
    expect(written.exitCode, written.stderr).toBe(0)

    await eventually(`${pod} is Ready`, 60, () =>
      kubectl(stage.cluster, ['-n', namespace, 'wait', `pod/${pod}`, '--for=condition=Ready', '--timeout=5s']),
    )

    const {addresses} = await inside(stage, {namespace, pod}, 'net1')
    expect(addresses).toEqual([expect.stringMatching(/^10\.194\.0\.\d+\/24$/)])
  }, 120_000)
}

function gone({cluster}: Stage, pod: string): Promise<string> {
  return kubectl(cluster, ['-n', namespace, 'wait', '--for=delete', `pod/${pod}`, '--timeout=60s'], 70)
}
