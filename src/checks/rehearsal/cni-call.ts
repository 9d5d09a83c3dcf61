import {at, textAt} from '../json-path.ts'
import type {Chain, JsonObject} from './chain.ts'

export type CniCommand = 'ADD' | 'CHECK' | 'DEL'

/** A pod that is not there: a network namespace, and what a runtime would call its pod. */
export interface RehearsedPod {
  /** Of the pod as plugins hear it; leases carry it. */
  readonly name: string
  readonly namespace: string
  readonly node: string
  readonly containerId: string
  /** Name and path of its network namespace. */
  readonly netns: string
  readonly interface: string
  /** An address that it asks for, with or without prefix length. */
  readonly ip?: string
  readonly mac?: string
}

/** One call of one plugin, complete: nothing of this machine's environment belongs to it. */
export interface CniCall {
  readonly command: CniCommand
  readonly plugin: string
  readonly env: Readonly<Record<string, string>>
  readonly stdin: string
}

export const netnsFolder = '/run/netns'

/**
 * The call of one plugin of a chain, as libcni 1.3 makes it: name and version of the list, the result of the plugin before, and what the pod asks for
 * where the plugin declares the capability. IP and MAC are said a second time in CNI_ARGS, as Multus 4.3.0 does (pkg/multus/multus.go, DelegateAdd).
 */
export function cniCall(
  command: CniCommand,
  plugin: JsonObject,
  {
    chain,
    pod,
    folder,
    previous,
  }: {
    readonly chain: Chain
    readonly pod: RehearsedPod
    /** Where the plugins lie. */
    readonly folder: string
    readonly previous?: JsonObject
  },
): CniCall {
  const runtime = {
    ...(pod.ip !== undefined && at(plugin, 'capabilities', 'ips') === true && {ips: [pod.ip]}),
    ...(pod.mac !== undefined && at(plugin, 'capabilities', 'mac') === true && {mac: pod.mac}),
  }
  return {
    command,
    plugin: textAt(plugin, 'type') ?? '',
    env: {
      CNI_COMMAND: command,
      CNI_CONTAINERID: pod.containerId,
      CNI_NETNS: `${netnsFolder}/${pod.netns}`,
      CNI_IFNAME: pod.interface,
      CNI_PATH: folder,
      CNI_ARGS: argumentsOf(pod),
    },
    stdin: JSON.stringify({
      ...plugin,
      name: chain.name,
      ...(chain.cniVersion !== undefined && {cniVersion: chain.cniVersion}),
      ...(Object.keys(runtime).length > 0 && {runtimeConfig: runtime}),
      ...(previous !== undefined && {prevResult: previous}),
    }),
  }
}

function argumentsOf({name, namespace, containerId, ip, mac}: RehearsedPod): string {
  return [
    'IgnoreUnknown=1',
    `K8S_POD_NAMESPACE=${namespace}`,
    `K8S_POD_NAME=${name}`,
    `K8S_POD_INFRA_CONTAINER_ID=${containerId}`,
    ...(ip === undefined ? [] : [`IP=${ip}`]),
    ...(mac === undefined ? [] : [`MAC=${mac}`]),
  ].join(';')
}
