import type {Step, StepId} from '../../steps/step.ts'
import type {DhcpServer} from '../dhcp-server.ts'
import type {Part} from '../part.ts'
import {rollout} from './cni.ts'

/** The DHCP servers of a network, until each of them runs: a pod that asks earlier is not answered, and waits longer and longer. */
export function makeDhcpServer({namespace, name, objects, nodeFiles}: DhcpServer, after: readonly StepId[]): Part {
  const full = `${namespace}/${name}`
  const files: Step = {
    id: `dhcp-files:${full}`,
    title: `Write the address of each node's DHCP server ${full}`,
    action: {type: 'write-node-files', path: nodeFiles.path, files: nodeFiles.files},
    after,
  }
  const apply: Step = {
    id: `dhcp-server:${full}`,
    title: `Start the DHCP servers ${full}`,
    action: {type: 'apply-objects', objects},
    after: [files.id],
  }
  const ready = rollout(`rollout:${full}`, {type: 'rollout', kind: 'DaemonSet', namespace, name}, [apply.id])
  return {steps: [files, apply, ready], done: [ready.id]}
}
