import {cnis} from '../catalog/cni/index.ts'
import {multusModes} from '../catalog/multus/index.ts'
import type {ClusterSpec} from '../spec/cluster-spec.ts'
import type {ClusterRecord} from '../steps/action.ts'
import type {Artifact, ArtifactName} from '../steps/artifact.ts'
import {chooseNodeImage} from './choose-node-image.ts'
import type {Facts} from './facts.ts'
import {lackingArtifact} from './lacking-artifact.ts'
import {mergeReports, type Report} from './preflight-finding.ts'
import {plainVersion, versionFindings} from './version-findings.ts'

export interface ArtifactWish {
  readonly spec: ClusterSpec
  readonly facts: Facts
  /** Probe pods will be started. */
  readonly probe: boolean
  /** What a cluster that is there runs already: its versions are kept. */
  readonly record?: ClusterRecord
}

export interface ArtifactChoice extends Report {
  readonly artifacts: Readonly<Partial<Record<ArtifactName, Artifact>>>
}

/** One artifact of each name that the cluster needs. Facts list the preferred version first: the first that fits is taken. */
export function chooseArtifacts(wish: ArtifactWish): ArtifactChoice {
  const {required, optional} = namesFor(wish)
  const node = chooseNodeImage(wish)
  const others = [...required, ...optional].flatMap((name) => chooseOne(name, wish) ?? [])
  const artifacts = Object.fromEntries(
    [...(node.artifact ? [node.artifact] : []), ...others].map((one) => [one.name, one]),
  ) as ArtifactChoice['artifacts']
  const missing = required.filter((name) => !artifacts[name])
  return {
    artifacts,
    ...mergeReports(
      {findings: missing.map((name) => lackingArtifact(name, wish.facts)), notes: []},
      node,
      versionFindings(wish, artifacts),
    ),
  }
}

function namesFor({spec, probe}: ArtifactWish): {
  readonly required: readonly ArtifactName[]
  readonly optional: readonly ArtifactName[]
} {
  const cni = cnis[spec.cni]
  const multus: readonly ArtifactName[] = spec.multus === 'none' ? [] : ['cni-plugins', multusModes[spec.multus].image]
  const balancer: readonly ArtifactName[] = spec.controlPlanes > 1 ? ['load-balancer'] : []
  const helm: readonly ArtifactName[] = cni.versionOf.endsWith('-chart') ? ['helm'] : []
  return {
    required: [
      'kind',
      ...balancer,
      ...helm,
      cni.versionOf,
      ...cni.images,
      ...multus,
      ...(probe ? (['probe'] as const) : []),
    ],
    optional: [...(probe ? [] : (['probe'] as const)), ...(spec.multus === 'none' ? [] : (['whereabouts'] as const))],
  }
}

function chooseOne(name: ArtifactName, {spec, facts, record}: ArtifactWish): Artifact | undefined {
  const candidates = facts.artifacts.filter((artifact) => artifact.name === name)
  const option = cnis[spec.cni]
  const ofCni = name === option.versionOf || option.images.some((image) => image === name)
  const kept = ofCni && record ? candidates.find(({version}) => plainVersion(version) === record.cniVersion) : undefined
  return kept ?? candidates[0]
}
