import type {Source} from '../lint/source.ts'
import type {KubernetesObject} from '../steps/object.ts'
import {toYaml} from '../to-yaml.ts'
import type {TargetNetwork} from './facts.ts'

/** A network of the cluster as a text that can be judged like a file. */
export function networkSource({namespace, name, annotations, config}: TargetNetwork): Source {
  const object = {
    apiVersion: 'k8s.cni.cncf.io/v1',
    kind: 'NetworkAttachmentDefinition',
    metadata: {name, namespace, annotations: ownOf(annotations)},
    spec: config === '' ? {} : {config},
  }
  return {name: `${namespace}/${name}`, text: toYaml(object), origin: 'cluster'}
}

/** A pod of the cluster in the same way, as far as rules look at pods. */
export function podSource({apiVersion, kind, metadata, spec}: KubernetesObject & {readonly spec?: unknown}): Source {
  const {name, namespace = 'default', annotations = {}} = metadata
  const object = {apiVersion, kind, metadata: {name, namespace, annotations: ownOf(annotations)}, spec}
  return {name: `pod ${namespace}/${name}`, text: toYaml(object), origin: 'cluster'}
}

/** What is to be judged of a network of the cluster: its own text, or where it has no configuration, one text for the file of each node. */
export function judgedSources(network: TargetNetwork): readonly Source[] {
  const files = Object.entries(network.nodeConfigs)
  if (files.length === 0) return [networkSource(network)]
  return files.map(([node, config]) => {
    const source = networkSource({...network, config})
    return {...source, name: `${source.name} on ${node}`, node}
  })
}

/** kubectl's copy of the whole object says everything twice. */
function ownOf(annotations: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const {'kubectl.kubernetes.io/last-applied-configuration': _, ...own} = annotations
  return own
}
