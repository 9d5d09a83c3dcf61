import type {ObjectRef} from '../../steps/object.ts'
import type {Step, StepId} from '../../steps/step.ts'
import {nodeFileAnnotation} from '../../templates/labels.ts'
import {nodeFilePath} from '../../templates/nad.ts'
import {deadlines} from '../deadlines.ts'
import {dhcpServerName, hasDhcpServer} from '../dhcp-service.ts'
import type {TargetFacts, TargetNetwork} from '../facts.ts'
import {usersOf} from '../network-users.ts'

/** All that a network is: the object, its files on the nodes where we wrote them, and its DHCP servers where they are ours. */
export function removeNetworkSteps(network: TargetNetwork, facts: TargetFacts, title: string): readonly Step[] {
  const {namespace, name, annotations} = network
  const full = `${namespace}/${name}`
  const object: Step = {
    id: `remove-network:${full}`,
    title,
    action: {type: 'delete-objects', objects: [definition(namespace, name)]},
    after: [],
  }
  const path = annotations[nodeFileAnnotation]
  return [
    object,
    ...(path ? [removeFiles(`remove-network-files:${full}`, path, {after: object.id, facts})] : []),
    ...(hasDhcpServer(network) ? removeDhcpServer(network, object.id, facts) : []),
  ]
}

function removeDhcpServer({namespace, name}: TargetNetwork, after: StepId, facts: TargetFacts): readonly Step[] {
  const server = dhcpServerName(name)
  const full = `${namespace}/${server}`
  const pods = usersOf(full, facts.pods).filter((pod) => pod.namespace === namespace)
  const objects: Step = {
    id: `remove-dhcp-server:${full}`,
    title: `Remove the DHCP servers ${full}`,
    action: {
      type: 'delete-objects',
      objects: [
        {apiVersion: 'apps/v1', kind: 'DaemonSet', name: server, namespace},
        {apiVersion: 'v1', kind: 'ConfigMap', name: server, namespace},
        definition(namespace, server),
      ],
    },
    after: [after],
  }
  const gone: Step = {
    id: `dhcp-server-gone:${full}`,
    title: `Wait for the end of the DHCP servers ${full}`,
    action: {
      type: 'wait',
      for: {type: 'pods-gone', namespace, names: pods.map((pod) => pod.name)},
      timeoutSeconds: deadlines.podsGone,
      onTimeout: 'fail',
    },
    after: [objects.id],
  }
  const path = nodeFilePath({namespace, name: server})
  return [objects, gone, removeFiles(`remove-dhcp-files:${full}`, path, {after: gone.id, facts})]
}

function removeFiles(
  id: StepId,
  path: string,
  {after, facts}: {readonly after: StepId; readonly facts: TargetFacts},
): Step {
  return {
    id,
    title: `Remove ${path} from the nodes`,
    action: {type: 'delete-node-files', path, nodes: facts.nodes.map((node) => node.name)},
    after: [after],
  }
}

function definition(namespace: string, name: string): ObjectRef {
  return {apiVersion: 'k8s.cni.cncf.io/v1', kind: 'NetworkAttachmentDefinition', name, namespace}
}
