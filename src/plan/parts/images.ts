import type {Artifact} from '../../steps/artifact.ts'
import type {Step, StepId} from '../../steps/step.ts'
import {type Part, nothing} from '../part.ts'
import {namesOf, type ResolvedCluster} from '../resolved-cluster.ts'
import {pullImages} from './artifacts.ts'
import {signs} from './kind-cluster.ts'

/** Images that belong together, in the order in which they are needed. */
export interface ImageStage {
  readonly id: string
  /** For titles: "Cilium". */
  readonly of: string
  readonly images: readonly Artifact[]
}

export interface ImageParts {
  readonly steps: readonly Step[]
  /** By stage: what comes after its images are on all nodes; on the workers (on all, where there are none). */
  readonly everywhere: Readonly<Record<string, readonly StepId[]>>
  readonly onWorkers: Readonly<Record<string, readonly StepId[]>>
}

interface NodeGroup {
  readonly id: 'workers' | 'control-planes'
  readonly title: string
  readonly nodes: readonly string[]
  readonly opens: StepId
}

/**
 * Images into all nodes, stage after stage. Workers take them as soon as their containerd answers, for they idle while kubeadm works; control
 * planes only when the API is up, because an import starves etcd of disk and CPU (scylla-operator PR 5441).
 */
export function importImages(cluster: ResolvedCluster, stages: readonly ImageStage[]): ImageParts {
  const filled = stages.filter(({images}) => images.length > 0)
  const pulls = new Map(filled.map((stage) => [stage.id, pullImages(`pull:${stage.id}`, stage.of, stage.images)]))
  const groups = nodeGroups(cluster)
  const imports = groups.flatMap((group) =>
    filled.map((stage, index) =>
      importStep(cluster, group, stage, [...(pulls.get(stage.id) ?? nothing).done, before(group, filled[index - 1])]),
    ),
  )
  const first = groups[0]
  return {
    steps: [...[...pulls.values()].flatMap((part: Part) => part.steps), ...imports],
    everywhere: Object.fromEntries(filled.map((stage) => [stage.id, groups.map((group) => importId(stage, group))])),
    onWorkers: Object.fromEntries(filled.map((stage) => [stage.id, first ? [importId(stage, first)] : []])),
  }
}

function nodeGroups({nodes}: ResolvedCluster): readonly NodeGroup[] {
  const groups: readonly NodeGroup[] = [
    {id: 'workers', title: 'the workers', nodes: namesOf(nodes, 'worker'), opens: signs.containerd},
    {id: 'control-planes', title: 'the control plane', nodes: namesOf(nodes, 'control-plane'), opens: signs.api},
  ]
  return groups.filter((group) => group.nodes.length > 0)
}

function importStep({bundle}: ResolvedCluster, group: NodeGroup, stage: ImageStage, after: readonly StepId[]): Step {
  return {
    id: importId(stage, group),
    title: `Import the images of ${stage.of} into ${group.title}`,
    action: {type: 'import-images', artifacts: stage.images, nodes: group.nodes, ...(bundle && {seen: bundle})},
    after,
  }
}

function before(group: NodeGroup, previous: ImageStage | undefined): StepId {
  return previous ? importId(previous, group) : group.opens
}

function importId(stage: ImageStage, group: NodeGroup): StepId {
  return `import:${stage.id}:${group.id}`
}
