import type {Step} from '../../steps/step.ts'

/** Everything that undoes a cluster of ours, in order: nodes before the networks that they hold, the journal last, so that an interrupted removal can be repeated. */
export function removeCluster(cluster: string, kubeconfigs: readonly string[], prefix = ''): readonly Step[] {
  return chain([
    {
      id: `${prefix}delete-nodes`,
      title: `Delete the node containers of ${cluster}`,
      action: {type: 'delete-kind-cluster', cluster},
    },
    {
      id: `${prefix}delete-engine-networks`,
      title: `Delete the engine networks of ${cluster}`,
      action: {type: 'delete-engine-networks', cluster},
    },
    ...kubeconfigs.map((file, index) => ({
      id: `${prefix}remove-kubeconfig-entries${index === 0 ? '' : `-${index + 1}`}`,
      title: `Remove the context kind-${cluster} from ${file}`,
      action: {type: 'remove-kubeconfig-entries' as const, cluster, file},
    })),
    {
      id: `${prefix}forget-cluster`,
      title: `Forget ${cluster} on this machine`,
      action: {type: 'forget-cluster', cluster},
    },
  ])
}

/** Each step after the one before it. */
export function chain(steps: readonly Omit<Step, 'after'>[]): readonly Step[] {
  return steps.map((step, index) => {
    const previous = steps[index - 1]
    return {...step, after: previous ? [previous.id] : []}
  })
}
