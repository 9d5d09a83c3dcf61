import type {ClusterSpec} from '../spec/cluster-spec.ts'
import {compareVersions, inRange, lastKubernetesOnCgroupV1, minorOf, supportedKubernetes} from '../spec/versions.ts'
import type {ClusterRecord} from '../steps/action.ts'
import type {Artifact} from '../steps/artifact.ts'
import {fitsVersion} from './existing-cluster.ts'
import type {Facts} from './facts.ts'
import {lackingArtifact} from './lacking-artifact.ts'
import type {PreflightFinding, Report} from './preflight-finding.ts'

interface NodeImageWish {
  readonly spec: ClusterSpec
  readonly facts: Facts
  readonly record?: ClusterRecord
}

/** The first node image of those asked for that the engine's cgroup version allows. */
export function chooseNodeImage({spec, facts, record}: NodeImageWish): Report & {readonly artifact?: Artifact} {
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
  if (found.known.length === 0) return lackingArtifact('node', facts)
  // Whatever a bundle lacks: no image of such a version would help.
  const refused = found.supported[0]?.version ?? (asked === 'auto' ? undefined : asked)
  if (refused !== undefined && !startsOn(facts.engine.cgroupVersion, refused)) {
    return {
      problem: 'version-unsupported',
      at: '--kubernetes',
      message: `Kubernetes ${refused} does not run here: from 1.35 on the kubelet refuses cgroup version 1, which this engine has`,
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
