import type {KubernetesObject} from '../../../../src/steps/object.ts'
import {kubectl} from '../../support/cluster.ts'
import {docker, ran} from '../../support/engine.ts'
import type {Stage} from '../../support/stage.ts'

/** Makes an object, by the control plane's own kubectl. */
export async function apply({nodes}: Stage, object: KubernetesObject | string): Promise<void> {
  const text = typeof object === 'string' ? object : JSON.stringify(object)
  const argv = ['kubectl', '--kubeconfig=/etc/kubernetes/admin.conf', 'apply', '-f', '-']
  const {exitCode, stderr} = await ran(['docker', 'exec', '-i', nodes.controlPlane, ...argv], {stdin: text})
  if (exitCode !== 0) throw new Error(`kubectl apply: ${stderr}`)
}

/** Makes a NetworkAttachmentDefinition in namespace default. */
export async function applyNetwork(stage: Stage, name: string, config: object): Promise<void> {
  await apply(stage, {
    apiVersion: 'k8s.cni.cncf.io/v1',
    kind: 'NetworkAttachmentDefinition',
    metadata: {name, namespace: 'default'},
    spec: {config: JSON.stringify({cniVersion: '0.3.1', name, ...config})},
  })
}

export async function deleteNetworks({cluster}: Stage, ...names: readonly string[]): Promise<void> {
  await kubectl(cluster, ['-n', 'default', 'delete', 'net-attach-def', '--ignore-not-found', ...names])
}

/** The name that the engine's end of a node's NIC has on this machine. */
export async function engineEnd(node: string, nic: string): Promise<string> {
  const index = await docker('exec', node, 'cat', `/sys/class/net/${nic}/iflink`)
  const {stdout} = await ran(['ip', '-o', 'link', 'show'])
  const line = stdout.split('\n').find((one) => one.startsWith(`${index}: `)) ?? ''
  const name = /^\d+: ([^:@]+)/.exec(line)?.[1]
  if (name === undefined) throw new Error(`no interface ${index} on this machine`)
  return name
}
