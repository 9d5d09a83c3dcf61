import type {KubernetesObject} from '../steps/object.ts'
import {descriptionAnnotation, managedBy, nodeFileAnnotation} from './labels.ts'

/** A CNI configuration of one plugin. */
export type CniConfig = Readonly<Record<string, unknown>>

/** The parts of a network's configuration, as the catalog gives them. */
export interface CniConfigParts {
  /** Of the NetworkAttachmentDefinition, without its namespace. */
  readonly name: string
  /** The main plugin's own keys, `type` first. */
  readonly plugin: CniConfig
  readonly ipam: CniConfig
  readonly capabilities: Readonly<Record<string, true>>
}

/**
 * The configuration of an attachment. cniVersion is 0.3.1: the runtime calls CHECK from 0.4.0 on, which whereabouts 0.9.4 does not
 * answer, and everything that Multus reports is there. Seen to work under primaries of 0.3.1 and of 1.0.0, with thin and thick 4.3.0.
 */
export function cniConfig({name, plugin, ipam, capabilities}: CniConfigParts): CniConfig {
  const declared = Object.keys(capabilities).length > 0 ? {capabilities} : {}
  return {cniVersion: '0.3.1', name, ...plugin, ...declared, ipam}
}

export interface NadInput {
  readonly name: string
  readonly namespace: string
  /** One sentence for whoever reads the object. */
  readonly description: string
}

/** A NetworkAttachmentDefinition that carries its configuration, printed so that a person can read it (`toYaml` makes a block scalar of it). */
export function networkAttachmentDefinition(input: NadInput, config: CniConfig): KubernetesObject {
  return {...nadShell(input, {}), spec: {config: configText(config)}}
}

/**
 * A NetworkAttachmentDefinition without configuration: Multus looks on the pod's node, in /etc/cni/multus/net.d, for the file whose JSON
 * `name` is the object's name (network-attachment-definition-client v1.7, cniconfig.go). So each node can have its own address range.
 * The namespace is no part of that name: two such networks must not share one.
 */
export function nodeFileNetworkAttachmentDefinition(input: NadInput): KubernetesObject {
  return {...nadShell(input, {[nodeFileAnnotation]: nodeFilePath(input)}), spec: {}}
}

/** Where a node's configuration of such a network lies on the node. */
export function nodeFilePath({namespace, name}: {readonly namespace: string; readonly name: string}): string {
  return `/etc/cni/multus/net.d/${namespace}-${name}.conf`
}

/** A configuration as the text that goes into an object or a file: JSON, indented, ending without a newline. */
export function configText(config: CniConfig): string {
  return JSON.stringify(config, null, 2)
}

function nadShell(
  {name, namespace, description}: NadInput,
  annotations: Readonly<Record<string, string>>,
): KubernetesObject {
  return {
    apiVersion: 'k8s.cni.cncf.io/v1',
    kind: 'NetworkAttachmentDefinition',
    metadata: {name, namespace, labels: managedBy, annotations: {[descriptionAnnotation]: description, ...annotations}},
  }
}
