import {kubectl} from '../../support/cluster.ts'
import {docker} from '../../support/engine.ts'
import {applyManifest} from '../../support/in-namespace.ts'
import type {Stage} from '../../support/stage.ts'
import type {Fault} from './fault.ts'
import {withoutPods} from './followers.ts'
import {freshMultusPod, multusPod, onNode, rolledOut} from './on-node.ts'

const crd = 'network-attachment-definitions.k8s.cni.cncf.io'

/** Objects as they were, for healing. */
let saved: readonly object[] = []

export const multusUninstalled: Fault = {
  title: 'Multus was uninstalled by hand, and its files are still there',
  modes: ['thin'],
  fails: {'multus-leftovers': /Multus is gone, and 00-multus.conf is still on .*the runtime still calls Multus/},
  follows: ['multus-ready', ...withoutPods],
  // Thin Multus as k8s-local installs it takes its file away when it ends; upstream's leaves it, and so does one that is killed.
  async inject(stage) {
    const {cluster, nodes} = stage
    for (const node of nodes.all) await docker('exec', node, 'cp', ownFile, keptFile)
    await remove(stage, [
      'daemonset/kube-multus-ds',
      'serviceaccount/multus',
      'clusterrolebinding/multus',
      'clusterrole/multus',
    ])
    await kubectl(
      cluster,
      ['-n', 'kube-system', 'wait', '--for=delete', 'pod', '-l', 'app=multus', '--timeout=60s'],
      70,
    )
    for (const node of nodes.all) await docker('exec', node, 'cp', keptFile, ownFile)
  },
  async heal(stage) {
    await applyManifest(stage.cluster, saved)
    await rolledOut(stage, 'kube-multus-ds')
    for (const node of stage.nodes.all) await docker('exec', node, 'rm', '-f', keptFile)
  },
}

const ownFile = '/etc/cni/net.d/00-multus.conf'
const keptFile = '/run/kept-00-multus.conf'

export const rightsRemoved: Fault = {
  title: 'the account of Multus has lost its rights',
  fails: {'multus-rights': /kube-system\/multus may not get network-attachment-definitions, get pods/},
  follows: withoutPods,
  inject: (stage) => remove(stage, ['clusterrolebinding/multus']),
  heal: ({cluster}) => applyManifest(cluster, saved),
}

export const crdBroken: Fault = {
  title: 'the API no longer serves networks',
  fails: {'crd-served': /serves no network-attachment-definitions.*does not serve v1/},
  inject: (stage) => serveCrd(stage, false),
  heal: (stage) => serveCrd(stage, true),
}

const image = 'ghcr.io/k8snetworkplumbingwg/multus-cni'
const other = `${image}:another`

export const imageChanged: Fault = {
  title: 'Multus is another image on one node',
  fails: {'multus-image': /worker2 is another image.*its pod was changed to/},
  // The new image is started in the same pod.
  follows: ['multus-ready'],
  async inject(stage) {
    const tag = `${image}:v4.3.0${stage.multus === 'thick' ? '-thick' : ''}`
    await onNode(stage, 'ctr', '-n', 'k8s.io', 'images', 'tag', '--force', tag, other)
    await freshMultusPod(stage)
    const pod = await multusPod(stage)
    await kubectl(stage.cluster, ['set', 'image', '-n', 'kube-system', `pod/${pod}`, `kube-multus=${other}`])
    // The running container is told by its image's new name before it is replaced: only the count shows that it was.
    const counted = '--for=jsonpath={.status.containerStatuses[0].restartCount}=1'
    await kubectl(stage.cluster, ['wait', '-n', 'kube-system', `pod/${pod}`, counted, '--timeout=60s'], 70)
    await rolledOut(stage, 'kube-multus-ds')
  },
  async heal(stage) {
    await freshMultusPod(stage)
    await onNode(stage, 'ctr', '-n', 'k8s.io', 'images', 'rm', other)
  },
}

async function remove({cluster}: Stage, objects: readonly string[]): Promise<void> {
  saved = await Promise.all(
    objects.map(async (object) =>
      withoutStatus(JSON.parse(await kubectl(cluster, ['get', '-n', 'kube-system', object, '-o', 'json']))),
    ),
  )
  await kubectl(cluster, ['delete', '-n', 'kube-system', ...objects])
}

function withoutStatus(live: {readonly status?: unknown; readonly metadata: object}): object {
  const {status: _, metadata, ...object} = live
  const {uid: _uid, resourceVersion: _version, ...kept} = metadata as Readonly<Record<string, unknown>>
  return {...object, metadata: kept}
}

async function serveCrd({cluster}: Stage, served: boolean): Promise<void> {
  const patch = JSON.stringify([{op: 'replace', path: '/spec/versions/0/served', value: served}])
  await kubectl(cluster, ['patch', 'crd', crd, '--type=json', '-p', patch])
  if (served) await kubectl(cluster, ['wait', `crd/${crd}`, '--for=condition=Established', '--timeout=30s'])
}
