import {sha256} from '../../sha256.ts'
import type {WarmImage} from '../../steps/warm-image.ts'

const prefix = 'k8s-local-warm-'

/** The container that a warm image is built in. */
export function buildContainer({hash}: Pick<WarmImage, 'hash'>): string {
  return `${prefix}${hash.slice(0, 16)}`
}

export function isBuildContainer(name: string): boolean {
  return name.startsWith(prefix)
}

/** The lock of whoever builds in that container; the dot keeps it apart from the locks of clusters, whose names have none. */
export function buildLock(container: string): string {
  return `${container}.build`
}

/** The lock of whoever saves a warm image into this bundle: its index is read, changed and written. */
export function saveLock(bundle: string): string {
  return `${prefix}${sha256(bundle).slice(0, 16)}.save`
}
