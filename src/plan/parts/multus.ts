import {type CniName, cnis} from '../../catalog/cni/index.ts'
import {multusModes} from '../../catalog/multus/index.ts'
import type {MultusMode} from '../../catalog/multus/index.ts'
import {type Artifact, imageName} from '../../steps/artifact.ts'
import type {KubernetesObject} from '../../steps/object.ts'
import type {Step, StepId} from '../../steps/step.ts'
import {deadlines} from '../deadlines.ts'
import type {Facts} from '../facts.ts'
import type {Part} from '../part.ts'
import {artifactOf, namesOf, type ResolvedCluster} from '../resolved-cluster.ts'
import {cniSteps, rollout} from './cni.ts'
import {signs} from './kind-cluster.ts'

const networkCrd = 'network-attachment-definitions.k8s.cni.cncf.io'

export const multusSteps = {
  crd: 'network-crd',
  crdEstablished: 'network-crd-established',
  objects: 'multus-objects',
  daemonSet: 'multus',
  first: 'multus-first',
} as const

/**
 * Multus: its type and rights as soon as the API answers, its DaemonSet when the primary CNI's file is on every node. Applied earlier, thin Multus exits,
 * is restarted with back-off and writes its file 13.5 s after the CNI's (seen); thick waits by itself, but gains nothing.
 * Done means: rolled out, and on every node its configuration comes first.
 */
export function installMultus(
  cluster: ResolvedCluster,
  mode: MultusMode,
  manifests: Facts['manifests'],
  imported: readonly StepId[],
): Part {
  const image = artifactOf(cluster, multusModes[mode].image)
  const {confFile} = cnis[cluster.cni]
  const objects = multusObjects({mode, cni: cluster.cni, image, manifests})
  const late = objects.filter(({kind}) => kind === 'DaemonSet')
  const early = objects.filter(({kind}) => kind !== 'DaemonSet')
  const steps: readonly Step[] = [
    {
      id: multusSteps.crd,
      title: 'Define the type NetworkAttachmentDefinition',
      action: {type: 'apply-objects', objects: manifestOf(manifests, 'multus/crd.yaml')},
      after: [signs.api],
    },
    {
      id: multusSteps.crdEstablished,
      title: 'Wait until the API serves NetworkAttachmentDefinitions',
      action: {
        type: 'wait',
        for: {type: 'crd-established', name: networkCrd},
        timeoutSeconds: deadlines.crd,
        onTimeout: 'fail',
      },
      after: [multusSteps.crd],
    },
    {
      id: multusSteps.objects,
      title: 'Give Multus its account and rights',
      action: {type: 'apply-objects', objects: early},
      after: [signs.api],
    },
    {
      id: multusSteps.daemonSet,
      title: `Install Multus ${image.version}, ${mode}`,
      action: {type: 'apply-objects', objects: late},
      after: [multusSteps.objects, multusSteps.crdEstablished, cniSteps.confFile, ...imported],
    },
    {
      id: multusSteps.first,
      title: 'Wait until Multus comes first on every node',
      action: {
        type: 'wait',
        for: {type: 'multus-first', nodes: namesOf(cluster.nodes), mode, confFile},
        timeoutSeconds: deadlines.multusFirst,
        onTimeout: 'fail',
      },
      after: [multusSteps.daemonSet],
    },
    ...late.map(({metadata}) =>
      rollout(
        `rollout:${metadata.name}`,
        {type: 'rollout', kind: 'DaemonSet', namespace: metadata.namespace ?? 'kube-system', name: metadata.name},
        [multusSteps.first],
      ),
    ),
  ]
  return {steps, done: late.map(({metadata}) => `rollout:${metadata.name}`)}
}

/** The objects of Multus for a cluster with this CNI, without the type of networks. */
export function multusObjects({
  mode,
  cni,
  image,
  manifests,
}: {
  readonly mode: MultusMode
  readonly cni: CniName
  readonly image: Artifact
  readonly manifests: Facts['manifests']
}): readonly KubernetesObject[] {
  const {manifest, fit} = multusModes[mode]
  const {confFile, thickEnvironment} = cnis[cni]
  return fit(manifestOf(manifests, manifest), {
    image: imageName(image),
    confFile,
    environment: mode === 'thick' ? thickEnvironment : {},
  })
}

/** The objects of a file below `manifests/`. One that was not read is a mistake of ours. */
export function manifestOf(manifests: Facts['manifests'], path: string): readonly KubernetesObject[] {
  const objects = manifests[path]
  if (!objects) throw new Error(`manifests/${path} was not read`)
  return objects
}
