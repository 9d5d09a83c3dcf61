import {cnis} from '../catalog/cni/index.ts'
import {multusModes} from '../catalog/multus/index.ts'
import type {ClusterSpec} from '../spec/cluster-spec.ts'
import {
  compareVersions,
  inRange,
  lastKubernetesOnCgroupV1,
  minorOf,
  supportedKubernetes,
  supportedMultus,
} from '../spec/versions.ts'
import type {ClusterRecord} from '../steps/action.ts'
import type {Artifact, ArtifactName} from '../steps/artifact.ts'
import {fitsVersion} from './existing-cluster.ts'
import type {Facts} from './facts.ts'
import {mergeReports, type PreflightFinding, type Report} from './preflight-finding.ts'

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
  const node = chooseNode(wish)
  const others = [...required, ...optional].flatMap((name) => chooseOne(name, wish) ?? [])
  const artifacts = Object.fromEntries(
    [...(node.artifact ? [node.artifact] : []), ...others].map((one) => [one.name, one]),
  ) as ArtifactChoice['artifacts']
  const missing = required.filter((name) => !artifacts[name])
  return {
    artifacts,
    ...mergeReports(
      {findings: missing.map((name) => lacking(name, wish.facts)), notes: []},
      node,
      versionFindings(wish, artifacts),
    ),
  }
}

/** Version without a leading `v`, as the record and titles have it. */
export function plainVersion(version: string): string {
  return version.replace(/^v/, '')
}

function namesFor({spec, probe}: ArtifactWish): {
  readonly required: readonly ArtifactName[]
  readonly optional: readonly ArtifactName[]
} {
  const cni = cnis[spec.cni]
  const multus: readonly ArtifactName[] = spec.multus === 'none' ? [] : ['cni-plugins', multusModes[spec.multus].image]
  const helm: readonly ArtifactName[] = cni.versionOf.endsWith('-chart') ? ['helm'] : []
  return {
    required: ['kind', ...helm, cni.versionOf, ...cni.images, ...multus, ...(probe ? (['probe'] as const) : [])],
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

/** The first node image of those asked for that the engine's cgroup version allows. */
function chooseNode({spec, facts, record}: ArtifactWish): Report & {readonly artifact?: Artifact} {
  const asked = record?.kubernetes ?? spec.kubernetes
  const known = facts.artifacts.filter(({name}) => name === 'node')
  const fitting = known.filter(({version}) => fitsVersion(asked, version))
  const supported = fitting.filter(({version}) => inRange(version, supportedKubernetes))
  const artifact = supported.find(({version}) => startsOn(facts.engine.cgroupVersion, version))
  if (artifact) {
    const held = supported[0] !== artifact && asked === 'auto'
    return {
      artifact,
      findings: [],
      notes: held
        ? [
            `Kubernetes ${artifact.version}: later versions than ${lastKubernetesOnCgroupV1} do not run with cgroup version 1, which this engine has`,
          ]
        : [],
    }
  }
  return {findings: [noNode(asked, facts, {known, fitting, supported})], notes: []}
}

function startsOn(cgroup: '1' | '2', version: string): boolean {
  return cgroup === '2' || compareVersions(minorOf(version) ?? version, lastKubernetesOnCgroupV1) <= 0
}

function noNode(
  asked: string,
  facts: Facts,
  found: {
    readonly known: readonly Artifact[]
    readonly fitting: readonly Artifact[]
    readonly supported: readonly Artifact[]
  },
): PreflightFinding {
  const versions = found.known.map(({version}) => version).join(', ')
  if (found.known.length === 0) return lacking('node', facts)
  if (found.supported.length > 0) {
    return {
      problem: 'version-unsupported',
      at: '--kubernetes',
      message: `Kubernetes ${found.supported[0]?.version} does not run here: from 1.35 on the kubelet refuses cgroup version 1, which this engine has`,
      fix: `ask for --kubernetes ${lastKubernetesOnCgroupV1}, or start the machine with cgroup version 2`,
    }
  }
  if (found.fitting.length > 0) {
    const {min, max} = supportedKubernetes
    return {
      problem: 'version-unsupported',
      at: '--kubernetes',
      message: `Kubernetes ${found.fitting[0]?.version} is not supported: ${min} to ${max} are`,
    }
  }
  return {
    problem: facts.source === 'bundle' ? 'bundle-incomplete' : 'artifact-unavailable',
    at: '--kubernetes',
    message: `there is no node image of Kubernetes ${asked}; there is ${versions}`,
    fix: `ask for one of them, or leave --kubernetes out`,
  }
}

function lacking(name: ArtifactName, {source}: Facts): PreflightFinding {
  return source === 'bundle'
    ? {
        problem: 'bundle-incomplete',
        at: '--bundle',
        message: `the bundle has no ${name}`,
        fix: 'use a bundle that has it, or leave --bundle out to download what is needed',
      }
    : {
        problem: 'artifact-unavailable',
        at: name,
        message: `${name} cannot be had for this platform`,
        fix: 'use a bundle that has it: --bundle DIR',
      }
}

/** Versions that we know nothing of, images and chart that are not of one release, and a cluster that runs another version than can be had. */
function versionFindings({spec, record}: ArtifactWish, artifacts: ArtifactChoice['artifacts']): Report {
  const option = cnis[spec.cni]
  const main = artifacts[option.versionOf]
  const findings: PreflightFinding[] = []
  const refuse = (at: string, message: string, fix?: string): void => {
    findings.push({problem: 'version-unsupported', at, message, ...(fix === undefined ? {} : {fix})})
  }
  if (main && !inRange(main.version, option.supported)) {
    refuse(
      '--cni',
      `${option.title} ${plainVersion(main.version)} is not supported: ${option.supported.min} to ${option.supported.max} are`,
    )
  }
  for (const name of option.images) {
    const image = artifacts[name]
    if (main && image && plainVersion(image.version) !== plainVersion(main.version)) {
      refuse(
        name,
        `the image ${name} is of ${plainVersion(image.version)}, and ${main.name} of ${plainVersion(main.version)}`,
        'use a bundle whose parts are of one release',
      )
    }
  }
  const multus = spec.multus === 'none' ? undefined : artifacts[multusModes[spec.multus].image]
  if (multus && !inRange(multus.version, supportedMultus))
    refuse(
      '--multus',
      `Multus ${multus.version} is not supported: ${supportedMultus.min} to ${supportedMultus.max} are`,
    )
  if (main && record && plainVersion(main.version) !== record.cniVersion) {
    findings.push({
      problem: 'cluster-differs',
      at: '--cni',
      message: `the cluster runs ${option.title} ${record.cniVersion}, and only ${plainVersion(main.version)} can be had`,
      fix: `make it anew: k8s-local delete ${spec.name}`,
    })
  }
  return {findings, notes: []}
}
