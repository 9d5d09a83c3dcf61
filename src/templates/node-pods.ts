import type {KubernetesObject} from '../steps/object.ts'
import {managedBy, runLabel} from './labels.ts'
import {probePodSpec} from './probe-pod-spec.ts'

export interface NodePodsInput {
  readonly runId: string
  readonly namespace: string
  readonly nodes: readonly string[]
  /** An image with nsenter: that with network tools. */
  readonly image: string
}

/** What a namespace needs for privileged pods where Pod Security Admission is strict. */
export const privilegedNamespace = {'pod-security.kubernetes.io/enforce': 'privileged'} as const

/** One privileged pod on each node, to run programs of the node from. Its network is the node's: it starts where the CNI does not work. */
export function nodePods({runId, namespace, nodes, image}: NodePodsInput): readonly KubernetesObject[] {
  return nodes.map((node) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: nodePodName(node),
      namespace,
      labels: {...managedBy, [runLabel]: runId, 'app.kubernetes.io/component': 'node'},
    },
    spec: {hostPID: true, hostNetwork: true, ...probePodSpec({image, node, privileged: true})},
  }))
}

export function nodePodName(node: string): string {
  return `node-${node}`
}

/**
 * The argv for such a pod that runs a program of the node on the node. `env` is the node's: busybox' nsenter would take programs that it has itself, such
 * as `ip`, for the node's.
 */
export function nodeArgv(argv: readonly string[]): readonly string[] {
  return ['nsenter', '-t', '1', '-m', '-u', '-i', '-n', '/usr/bin/env', ...argv]
}
