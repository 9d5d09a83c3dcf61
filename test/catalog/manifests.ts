import {readFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import type {KubernetesObject} from '../../src/steps/object.ts'
import {parseYaml, parseYamlStream} from '../../src/yaml.ts'

/** The objects of a file below `manifests/`. */
export function manifest(path: string): readonly KubernetesObject[] {
  return parseYamlStream(manifestText(path)) as readonly KubernetesObject[]
}

export function manifestText(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../../manifests/${path}`, import.meta.url)), 'utf8')
}

interface LockEntry {
  readonly name: string
  readonly reference?: string
}

/** The image references of an artifact in `manifests/lock.yaml`, without their digests. */
export function lockedImages(name: string): readonly string[] {
  const parsed = parseYaml(manifestText('lock.yaml'))
  if ('fault' in parsed) throw new Error(parsed.fault.message)
  const {artifacts} = parsed.value as {readonly artifacts: readonly LockEntry[]}
  return artifacts.flatMap((entry) =>
    entry.name === name && entry.reference !== undefined ? [entry.reference.replace(/@sha256:.*/, '')] : [],
  )
}
