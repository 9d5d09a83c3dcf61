import {cnis} from '../catalog/cni/index.ts'
import {multusModes} from '../catalog/multus/index.ts'
import {type Artifact, imageName} from '../steps/artifact.ts'
import type {LastStep, Step, StepId} from '../steps/step.ts'
import type {Existing} from './existing-cluster.ts'
import type {Facts} from './facts.ts'
import {ends, join, nothing, type Part} from './part.ts'
import {cniSteps, installCni} from './parts/cni.ts'
import {finishCluster} from './parts/finish.ts'
import {importImages, type ImageStage} from './parts/images.ts'
import {installIpam} from './parts/ipam.ts'
import {clusterSigns, kindCluster, removeRemains, signs, startOf} from './parts/kind-cluster.ts'
import {installMultus, multusSteps} from './parts/multus.ts'
import {makeNetwork} from './parts/network.ts'
import {nodeNetworks} from './parts/node-networks.ts'
import {copyPlugins} from './parts/plugins.ts'
import {type VerifyAfter, type VerifyPart, verify as verifyPart} from './parts/verify.ts'
import {artifactOf, artifactsOf, namesOf, type ResolvedCluster} from './resolved-cluster.ts'
import type {ResolvedNetwork} from './resolved-network.ts'
import {sceneOfCluster} from './scene.ts'
import {essentialChecks} from './select-checks.ts'
import {resolveTestNetworks} from './test-networks.ts'

interface ClusterPartsInput {
  readonly cluster: ResolvedCluster
  readonly existing: Existing
  readonly facts: Facts
  readonly verify: boolean
}

/**
 * All steps of `create`, joined. What may overlap was tried on real clusters: engine networks and downloads start at once; nodes are connected while
 * kubeadm works; images go into the workers meanwhile; objects are applied as soon as the API answers, long before kind is through.
 */
export function clusterParts({cluster, existing, facts, verify}: ClusterPartsInput): {
  readonly steps: readonly Step[]
  readonly always: readonly LastStep[]
  readonly notes: readonly string[]
} {
  const networks = resolveTestNetworks(cluster)
  const isInside = (artifact: Artifact) => cluster.warm?.holds.includes(artifact.name) === true
  const stages = imageStages(cluster, networks).map((stage) => ({
    ...stage,
    images: stage.images.filter((image) => !isInside(image)),
  }))
  const images = importImages(cluster, stages, facts.engine.cpus)
  const imported = (stage: string): readonly StepId[] => images.imported[stage] ?? []

  const remains = existing.state === 'remains' ? removeRemains(cluster.name) : nothing
  const kind = kindCluster(cluster, {remains, journal: existing.state !== 'ours'})
  const seen = clusterSigns(cluster, {startAfter: startOf(kind), imports: images.steps.length > 0})
  const nics = nodeNetworks(cluster, remains.done)
  const plugins =
    cluster.multus === 'none' || isInside(artifactOf(cluster, 'cni-plugins'))
      ? nothing
      : copyPlugins(artifactOf(cluster, 'cni-plugins'), namesOf(cluster.nodes), [signs.running])
  const cni = installCni(cluster, imported('cni'))
  const multus =
    cluster.multus === 'none' ? nothing : installMultus(cluster, cluster.multus, facts.manifests, imported('multus'))
  const ipam = ipamPart(cluster, networks, facts, imported('ipam'))
  const made = join(...networks.map((network) => makeNetwork(network, [multusSteps.crdEstablished])))

  const base = join(seen, nics, plugins, cni, multus, ipam, made)
  const sofar = [...kind.steps, ...images.steps, ...base.steps]
  const record = recordChange(cluster, existing)
  const finish = finishCluster(cluster, {kubeconfig: facts.kubeconfig.file, kind: kind.done, all: ends(sofar), record})
  const steps = [...sofar, ...finish.steps]
  const notes = networks.flatMap((network) => network.notes)
  if (!verify) return {steps, always: [], notes}

  const onNetworks = join(nics, plugins, multus, ipam, made).done
  const proof = proveCluster(cluster, networks, facts.runId ?? 'create', {
    api: [signs.api],
    pods: [cniSteps.nodesReady, ...onNetworks, ...imported('probe')],
    cluster: [cniSteps.nodesReady, ...onNetworks],
    cni: cni.done.filter((id) => id !== cniSteps.coreDns),
    services: [cniSteps.coreDns],
  })
  return {steps: [...steps, ...proof.steps], always: proof.always, notes}
}

function proveCluster(
  cluster: ResolvedCluster,
  networks: readonly ResolvedNetwork[],
  runId: string,
  after: VerifyAfter,
): VerifyPart {
  const scene = sceneOfCluster(cluster, networks, {runId, everyNode: false})
  const image = imageName(artifactOf(cluster, 'probe'))
  return verifyPart({
    scene,
    runId,
    ownNamespace: true,
    image,
    checks: essentialChecks,
    skips: 'left-out',
    keep: 'never',
    after,
  })
}

/** In the order in which they are needed: what makes nodes Ready first. */
function imageStages(cluster: ResolvedCluster, networks: readonly ResolvedNetwork[]): readonly ImageStage[] {
  const {cni, multus, artifacts} = cluster
  const usesWhereabouts = networks.some(({ipam}) => ipam === 'whereabouts')
  return [
    {id: 'cni', of: cnis[cni].title, images: artifactsOf(cluster, cnis[cni].images)},
    {
      id: 'multus',
      of: 'Multus',
      images: multus === 'none' ? [] : artifactsOf(cluster, [multusModes[multus].image]),
    },
    {id: 'ipam', of: 'whereabouts', images: usesWhereabouts ? artifactsOf(cluster, ['whereabouts']) : []},
    {id: 'probe', of: 'test pods', images: artifacts.probe ? [artifacts.probe] : []},
  ]
}

function ipamPart(
  cluster: ResolvedCluster,
  networks: readonly ResolvedNetwork[],
  {manifests}: Facts,
  imported: readonly StepId[],
): Part {
  if (!networks.some(({ipam}) => ipam === 'whereabouts')) return nothing
  return installIpam({
    ipam: 'whereabouts',
    images: artifactsOf(cluster, ['whereabouts']),
    manifests,
    after: [signs.api, ...imported],
    readyAfter: [cniSteps.nodesReady],
  })
}

/** A running cluster that gets more networks: its journal is written anew only when all is there, for until then it must not look half made. */
function recordChange({record}: ResolvedCluster, existing: Existing): boolean {
  return existing.state === 'ours' && JSON.stringify(existing.record.networks) !== JSON.stringify(record.networks)
}
