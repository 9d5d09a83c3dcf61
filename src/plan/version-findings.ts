import {cnis} from '../catalog/cni/index.ts'
import {multusModes} from '../catalog/multus/index.ts'
import type {ClusterSpec} from '../spec/cluster-spec.ts'
import {inRange, supportedMultus} from '../spec/versions.ts'
import type {ClusterRecord} from '../steps/action.ts'
import type {PreflightFinding, Report} from './preflight-finding.ts'
import type {ResolvedCluster} from './resolved-cluster.ts'

/** Version without a leading `v`, as the record and titles have it. */
export function plainVersion(version: string): string {
  return version.replace(/^v/, '')
}

/** Versions that we know nothing of, images and chart that are not of one release, and a cluster that runs another version than can be had. */
export function versionFindings(
  {spec, record}: {readonly spec: ClusterSpec; readonly record?: ClusterRecord},
  artifacts: ResolvedCluster['artifacts'],
): Report {
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
