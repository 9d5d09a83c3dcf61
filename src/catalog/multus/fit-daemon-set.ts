import type {KubernetesObject} from '../../steps/object.ts'
import type {MultusContext} from './multus-option.ts'

/**
 * The objects with Multus' DaemonSet changed and everything else as it was: the image of the context in every container,
 * `main` applied to the container that stays, annotations added to its pods.
 */
export function fitDaemonSet(
  objects: readonly KubernetesObject[],
  {image}: MultusContext,
  {main, podAnnotations}: DaemonSetChange,
): readonly KubernetesObject[] {
  return objects.map((object) => {
    if (object.kind !== 'DaemonSet') return object
    const {spec} = object as DaemonSet
    const {template} = spec
    const pod: PodSpec = {
      ...template.spec,
      ...(template.spec.initContainers && {
        initContainers: template.spec.initContainers.map((one) => ({...one, image})),
      }),
      containers: template.spec.containers.map((one) => main({...one, image})),
    }
    const metadata = podAnnotations
      ? {...template.metadata, annotations: {...template.metadata.annotations, ...podAnnotations}}
      : template.metadata
    return {...object, spec: {...spec, template: {...template, metadata, spec: pod}}}
  })
}

interface DaemonSetChange {
  readonly main: (container: Container) => Container
  readonly podAnnotations?: Readonly<Record<string, string>>
}

/** The part of a container that fitting looks at. */
export interface Container {
  readonly name: string
  readonly image: string
  readonly args?: readonly string[]
  readonly env?: readonly unknown[]
  readonly [field: string]: unknown
}

interface DaemonSet extends KubernetesObject {
  readonly spec: {readonly template: PodTemplate; readonly [field: string]: unknown}
}

interface PodTemplate {
  readonly metadata: {readonly annotations?: Readonly<Record<string, string>>; readonly [field: string]: unknown}
  readonly spec: PodSpec
  readonly [field: string]: unknown
}

interface PodSpec {
  readonly containers: readonly Container[]
  readonly initContainers?: readonly Container[]
  readonly [field: string]: unknown
}
