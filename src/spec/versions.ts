import compare from 'semver/functions/compare.js'
import coerce from 'semver/functions/coerce.js'

/** `major.minor`, both ends included with all their patch releases. */
export interface VersionRange {
  readonly min: string
  readonly max: string
}

/** What this release of k8s-local was made for and tried with. */
export const supportedKubernetes: VersionRange = {min: '1.31', max: '1.37'}
export const supportedMultus: VersionRange = {min: '4.2', max: '4.3'}

/** The last minor release whose kubelet starts on a host with cgroup version 1 (kind v0.32 warns from 1.35 on). */
export const lastKubernetesOnCgroupV1 = '1.34'

/** `1.34` of `v1.34.4`; undefined when the text is no version. */
export function minorOf(version: string): string | undefined {
  const match = /^v?(\d+)\.(\d+)(\.|$)/.exec(version)
  return match ? `${match[1]}.${match[2]}` : undefined
}

/** Whether a version, in full or as `major.minor`, lies in the range. */
export function inRange(version: string, {min, max}: VersionRange): boolean {
  const minor = minorOf(version)
  return minor !== undefined && compareVersions(minor, min) >= 0 && compareVersions(minor, max) <= 0
}

/** Below zero when `a` is older, zero when they are the same. A leading `v` and missing parts do not matter; what is no version is oldest. */
export function compareVersions(a: string, b: string): number {
  return compare(toSemver(a), toSemver(b))
}

/** Newest first. */
export function newestFirst(versions: readonly string[]): readonly string[] {
  return versions.toSorted((a, b) => compareVersions(b, a))
}

function toSemver(version: string): string {
  return coerce(version, {includePrerelease: true})?.version ?? '0.0.0'
}
