import type {KubernetesObject} from '../steps/object.ts'
import {
  dhcpServerAnnotation,
  descriptionAnnotation,
  managedBy,
  nodeFileAnnotation,
  ownerAnnotation,
  resourceAnnotation,
} from './labels.ts'

/** A CNI configuration, of one plugin or of several. */
export type CniConfig = Readonly<Record<string, unknown>>

/** One plugin, as the catalog gives it: its own keys, `type` first, and what a pod may ask of it. */
export interface CniPlugin {
  readonly plugin: CniConfig
  readonly capabilities: Readonly<Record<string, true>>
}

/** The parts of a network's configuration. */
export interface CniConfigParts extends CniPlugin {
  /** Of the NetworkAttachmentDefinition, without its namespace. */
  readonly name: string
  /** Absent: nobody hands out addresses. */
  readonly ipam: CniConfig | undefined
  /** Plugins behind the main one, in order. */
  readonly chain?: readonly CniPlugin[]
  readonly cniVersion?: string
}

/**
 * The configuration of an attachment; a list of plugins where something is behind the main one. cniVersion is 0.3.1 where nobody says otherwise: the
 * runtime calls CHECK from 0.4.0 on, which whereabouts 0.9.4 does not answer, and everything that Multus reports is there. Seen to work under
 * primaries of 0.3.1 and of 1.0.0, with thin and thick 4.3.0.
 */
export function cniConfig({
  name,
  plugin,
  ipam,
  capabilities,
  chain = [],
  cniVersion = '0.3.1',
}: CniConfigParts): CniConfig {
  const main = {...declare({plugin, capabilities}), ...(ipam !== undefined && {ipam})}
  if (chain.length === 0) return {cniVersion, name, ...main}
  return {cniVersion, name, plugins: [main, ...chain.map(declare)]}
}

export interface NadInput {
  readonly name: string
  readonly namespace: string
  /** One sentence for whoever reads the object. */
  readonly description: string
  /** Whom to ask about it. */
  readonly owner?: string
  /** The extended resource that its pods take a device from. */
  readonly resource?: string
  /** What DHCP servers of ours hand out on it, as JSON. */
  readonly dhcpService?: string
}

/** A NetworkAttachmentDefinition that carries its configuration, printed so that a person can read it (`toYaml` makes a block scalar of it). */
export function networkAttachmentDefinition(input: NadInput, config: CniConfig): KubernetesObject {
  return {...nadShell(input, {}), spec: {config: configText(config)}}
}

/**
 * A NetworkAttachmentDefinition without configuration: Multus looks on the pod's node, in /etc/cni/multus/net.d, for the file whose JSON
 * `name` is the object's name (network-attachment-definition-client v1.7, cniconfig.go). So each node can have its own address range.
 * The namespace is no part of that name: two such networks must not share one. `path` is that of the file on each node.
 */
export function nodeFileNetworkAttachmentDefinition(input: NadInput, path = nodeFilePath(input)): KubernetesObject {
  return {...nadShell(input, {[nodeFileAnnotation]: path}), spec: {}}
}

/** Where a node's configuration of such a network lies on the node. What is read of a file depends on how it ends: a list has a name of its own. */
export function nodeFilePath({
  namespace,
  name,
  isList = false,
}: {
  readonly namespace: string
  readonly name: string
  readonly isList?: boolean
}): string {
  return `/etc/cni/multus/net.d/${namespace}-${name}.${isList ? 'conflist' : 'conf'}`
}

/** A configuration as the text that goes into an object or a file: JSON, indented, ending without a newline. */
export function configText(config: CniConfig): string {
  return JSON.stringify(config, null, 2)
}

function declare({plugin, capabilities}: CniPlugin): CniConfig {
  return Object.keys(capabilities).length > 0 ? {...plugin, capabilities} : plugin
}

function nadShell(
  {name, namespace, description, owner, resource, dhcpService}: NadInput,
  annotations: Readonly<Record<string, string>>,
): KubernetesObject {
  const all = {
    [descriptionAnnotation]: description,
    ...(owner !== undefined && {[ownerAnnotation]: owner}),
    ...(resource !== undefined && {[resourceAnnotation]: resource}),
    ...(dhcpService !== undefined && {[dhcpServerAnnotation]: dhcpService}),
    ...annotations,
  }
  return {
    apiVersion: 'k8s.cni.cncf.io/v1',
    kind: 'NetworkAttachmentDefinition',
    metadata: {name, namespace, labels: managedBy, annotations: all},
  }
}
