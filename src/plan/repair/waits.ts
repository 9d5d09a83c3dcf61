import {cnis, type CniName} from '../../catalog/cni/index.ts'
import type {Deed} from '../../checks/check.ts'
import {deadlines} from '../deadlines.ts'
import type {RepairFacts} from './repair-facts.ts'

/**
 * What follows when these node containers start: the pods on them are back, each with the interfaces that it gets now, and so are the CNI and Multus. A node
 * that does not come ends the repair; any other wait that is in vain does not: the next look tells, and all else is mended meanwhile.
 */
export function waitForNodes(nodes: readonly string[], {record: {cni, multus}}: RepairFacts): readonly Deed[] {
  return [
    {
      title: `Wait until containerd answers on ${nodes.join(', ')}`,
      action: {
        type: 'wait',
        for: {type: 'containerd-answers', nodes},
        timeoutSeconds: deadlines.containerd,
        onTimeout: 'fail',
      },
    },
    {
      title: `Wait until ${nodes.join(', ')} ${nodes.length === 1 ? 'is' : 'are'} Ready`,
      action: {
        type: 'wait',
        for: {type: 'nodes-ready', nodes},
        timeoutSeconds: deadlines.nodesReady,
        onTimeout: 'fail',
      },
    },
    {
      title: `Wait until the pods on ${nodes.join(', ')} are back`,
      action: {
        type: 'wait',
        for: {type: 'pods-in-place', nodes},
        timeoutSeconds: deadlines.workload,
        onTimeout: 'continue',
      },
    },
    ...(cni in cnis ? cnis[cni as CniName].ready.map((one) => waitForRollout(one.kind, one.namespace, one.name)) : []),
    ...(multus === 'none' ? [] : [waitForRollout('DaemonSet', 'kube-system', 'kube-multus-ds')]),
  ]
}

export function waitForRollout(
  kind: 'DaemonSet' | 'Deployment' | 'StatefulSet',
  namespace: string,
  name: string,
): Deed {
  return {
    title: `Wait for the roll-out of ${name}`,
    action: {
      type: 'wait',
      for: {type: 'rollout', kind, namespace, name},
      timeoutSeconds: deadlines.workload,
      onTimeout: 'continue',
    },
  }
}

/** Nothing for a cluster whose Multus or primary CNI is not known here: what comes first there is not known either. */
export function waitForMultus(nodes: readonly string[], {record: {multus, cni}}: RepairFacts): readonly Deed[] {
  if ((multus !== 'thin' && multus !== 'thick') || !(cni in cnis)) return []
  const {confFile} = cnis[cni as CniName]
  return [
    {
      title: `Wait until Multus comes first on ${nodes.join(', ')}`,
      action: {
        type: 'wait',
        for: {type: 'multus-first', nodes, mode: multus, confFile},
        timeoutSeconds: deadlines.mended,
        onTimeout: 'continue',
      },
    },
  ]
}
