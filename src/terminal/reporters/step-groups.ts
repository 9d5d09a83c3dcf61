import type {ActionType} from '../../steps/action.ts'
import type {Step} from '../../steps/step.ts'
import type {StepView} from './run-view.ts'

/** Steps that a person sees as one piece of work; a plan of forty steps is half a dozen of these. */
export interface StepGroup {
  readonly title: GroupTitle
  readonly steps: readonly StepView[]
}

type GroupTitle =
  | 'Get artifacts'
  | 'Cluster'
  | 'Extra networks'
  | 'Fill nodes'
  | 'Warm image'
  | 'Install'
  | 'Checks'
  | 'Clean up'

/** Groups in the order of their first step; each holds at least one step. */
export function groupSteps(steps: readonly StepView[]): readonly StepGroup[] {
  const groups = new Map<GroupTitle, StepView[]>()
  for (const view of steps) {
    const title = view.cleanUp ? 'Clean up' : groupOf(view.step)
    groups.set(title, [...(groups.get(title) ?? []), view])
  }
  return [...groups].map(([title, members]) => ({title, steps: members}))
}

function groupOf({action}: Step): GroupTitle {
  if (action.type !== 'wait') return groupOfAction[action.type]
  const ofCluster = [
    'nodes-running',
    'nodes-configured',
    'containerd-answers',
    'api-ready',
    'nodes-registered',
    'nodes-ready',
  ]
  return ofCluster.includes(action.for.type) ? 'Cluster' : 'Install'
}

const groupOfAction: Readonly<Record<Exclude<ActionType, 'wait'>, GroupTitle>> = {
  'fetch-artifact': 'Get artifacts',
  'ensure-engine-image': 'Get artifacts',
  'pull-images': 'Get artifacts',
  'begin-cluster': 'Cluster',
  'complete-cluster': 'Cluster',
  'start-nodes': 'Cluster',
  'stop-nodes': 'Cluster',
  'restart-nodes': 'Cluster',
  'create-kind-cluster': 'Cluster',
  'delete-kind-cluster': 'Cluster',
  'merge-kubeconfig': 'Cluster',
  'remove-kubeconfig-entries': 'Cluster',
  'forget-cluster': 'Cluster',
  'create-engine-network': 'Extra networks',
  'connect-nodes': 'Extra networks',
  'fit-node-nics': 'Extra networks',
  'pin-node-addresses': 'Extra networks',
  'delete-engine-networks': 'Extra networks',
  'copy-cni-plugins': 'Fill nodes',
  'import-images': 'Fill nodes',
  'build-warm-image': 'Warm image',
  'save-warm-image': 'Warm image',
  'remove-warm-images': 'Clean up',
  'delete-cached-files': 'Clean up',
  'write-node-files': 'Fill nodes',
  'delete-node-files': 'Fill nodes',
  'delete-node-links': 'Fill nodes',
  'install-chart': 'Install',
  'apply-manifest': 'Install',
  'apply-objects': 'Install',
  'restart-pods': 'Install',
  'patch-object': 'Install',
  'delete-objects': 'Install',
  'evict-pods': 'Install',
  check: 'Checks',
  'collect-diagnosis': 'Checks',
}
