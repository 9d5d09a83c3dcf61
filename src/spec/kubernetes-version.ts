import {type Parsed, shown} from './field-kinds.ts'
import {inRange, supportedKubernetes} from './versions.ts'

/** `auto`, a minor release as `1.34`, or a release as `v1.34.4`; written either way with or without the `v`. */
export function readKubernetes(raw: unknown): Parsed<string> {
  if (typeof raw === 'number' && !/^1\.[3-9]\d$/.test(String(raw))) {
    // YAML reads 1.40 as the number 1.4.
    return {fault: `${raw} is a number: write the version in quotes, as '${raw.toFixed(2)}'`}
  }
  if (raw === 'auto') return {value: 'auto'}
  const text = typeof raw === 'number' ? String(raw) : raw
  const match = typeof text === 'string' ? /^v?(\d+\.\d+)(\.\d+)?$/.exec(text) : null
  if (!match) return {fault: `${shown(raw)} is not a Kubernetes version such as 1.34, v1.34.4 or auto`}
  const [, minor = '', patch] = match
  const {min, max} = supportedKubernetes
  if (!inRange(minor, supportedKubernetes)) return {fault: `Kubernetes ${minor} is not supported: ${min} to ${max} are`}
  return {value: patch === undefined ? minor : `v${minor}${patch}`}
}
