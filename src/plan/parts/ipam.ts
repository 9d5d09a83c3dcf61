import {type IpamName, ipams} from '../../catalog/ipam/index.ts'
import type {IpamOption} from '../../catalog/ipam/ipam-option.ts'
import {type Artifact, imageName} from '../../steps/artifact.ts'
import type {KubernetesObject} from '../../steps/object.ts'
import type {StepId} from '../../steps/step.ts'
import type {Facts} from '../facts.ts'
import {nothing, type Part} from '../part.ts'
import {rollout} from './cni.ts'
import {manifestOf} from './multus.ts'

export interface IpamInput {
  readonly ipam: IpamName
  /** The images that it needs, by the artifacts that were found. */
  readonly images: readonly Artifact[]
  readonly manifests: Facts['manifests']
  readonly after: readonly StepId[]
  /** What else must be true before its roll-out says anything. */
  readonly readyAfter: readonly StepId[]
}

/** What an IPAM needs in the cluster; nothing for one that is only a plugin. */
export function installIpam({ipam, images, manifests, after, readyAfter}: IpamInput): Part {
  const option: IpamOption = ipams[ipam]
  if (!option.needs) return nothing
  const objects = manifestOf(manifests, option.needs.manifest).map((object) => withImage(object, images[0]))
  const install = `ipam:${ipam}`
  const ready = rollout(`rollout:${option.needs.ready.name}`, option.needs.ready, [install, ...readyAfter])
  return {
    steps: [{id: install, title: `Install ${option.title}`, action: {type: 'apply-objects', objects}, after}, ready],
    done: [ready.id],
  }
}

interface PodTemplate {
  readonly spec: {readonly template: {readonly spec: Readonly<Record<string, unknown>>}}
}

/** The DaemonSet with the image that was imported, whatever the manifest names. */
function withImage(object: KubernetesObject, image: Artifact | undefined): KubernetesObject {
  if (object.kind !== 'DaemonSet' || !image) return object
  const {spec} = object as unknown as PodTemplate
  const pod = spec.template.spec
  const fitted = {...pod, ...imagesOf(pod, 'initContainers', image), ...imagesOf(pod, 'containers', image)}
  return {...object, spec: {...spec, template: {...spec.template, spec: fitted}}}
}

function imagesOf(
  pod: Readonly<Record<string, unknown>>,
  key: string,
  image: Artifact,
): Readonly<Record<string, unknown>> {
  const containers = pod[key] as readonly Readonly<Record<string, unknown>>[] | undefined
  return containers ? {[key]: containers.map((container) => ({...container, image: imageName(image)}))} : {}
}
