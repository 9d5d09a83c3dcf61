import {eventually, kubectl} from '../../support/cluster.ts'
import {applyManifest, podsWith} from '../../support/in-namespace.ts'
import {docker} from '../../support/engine.ts'
import {probeImage} from '../../networks/attached-pods.ts'
import type {Stage} from '../../support/stage.ts'

export const victimNamespace = 'repair-victims'

const networks = 'k8s.v1.cni.cncf.io/networks'

/** A Deployment on the first worker that may lose one pod at a time, a bare pod beside it, and a network of host-local. */
export async function makeVictims(stage: Stage): Promise<void> {
  const labels = {victim: 'yes', app: 'web'}
  const selector = {matchLabels: {app: 'web'}}
  const at = (name: string) => ({name, namespace: victimNamespace})
  const config = {
    cniVersion: '0.3.1',
    name: victimNamespace,
    type: 'bridge',
    bridge: 'repair0',
    ipam: {type: 'host-local', ranges: [[{subnet: '10.77.0.0/24'}]]},
  }
  await applyManifest(stage.cluster, [
    {apiVersion: 'v1', kind: 'Namespace', metadata: {name: victimNamespace}},
    {
      apiVersion: 'k8s.cni.cncf.io/v1',
      kind: 'NetworkAttachmentDefinition',
      metadata: at('leased'),
      spec: {config: JSON.stringify(config)},
    },
    {apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: at('web'), spec: {minAvailable: 1, selector}},
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: at('web'),
      spec: {
        replicas: 2,
        selector,
        template: {metadata: {labels, annotations: {[networks]: 'default/lan'}}, spec: await podSpec(stage)},
      },
    },
    await barePod(stage),
  ])
}

/** All pods anew, with whatever interfaces they get now. */
export async function restartVictims(stage: Stage): Promise<void> {
  const {cluster} = stage
  const here = ['-n', victimNamespace] as const
  const old = await podsWith(cluster, victimNamespace, 'victim=yes')
  await kubectl(cluster, ['delete', 'pod', ...here, ...old, '--timeout=60s'], 70)
  await applyManifest(cluster, [await barePod(stage)])
  await eventually('the pods are back', 60, async () => {
    const pods = await podsWith(cluster, victimNamespace, 'victim=yes')
    if (pods.length !== 3) throw new Error(`there are ${pods.join(', ')}`)
  })
  await kubectl(cluster, ['wait', ...here, 'pod', '--all', '--for=condition=Ready', '--timeout=60s'], 70)
}

/** A file on a node, by its text. */
export async function writeOn(node: string, path: string, text: string): Promise<void> {
  await docker('exec', node, 'sh', '-c', `mkdir -p "$(dirname ${path})" && printf '%s\\n' '${text}' > ${path}`)
}

async function barePod(stage: Stage): Promise<object> {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'bare',
      namespace: victimNamespace,
      labels: {victim: 'yes'},
      annotations: {[networks]: 'default/wan'},
    },
    spec: await podSpec(stage),
  }
}

async function podSpec(stage: Stage): Promise<object> {
  return {
    nodeSelector: {'kubernetes.io/hostname': stage.nodes.workers[0]},
    terminationGracePeriodSeconds: 0,
    containers: [{name: 'probe', image: await probeImage(stage), command: ['sleep', '3600']}],
  }
}
