import type {Artifact} from '../../steps/artifact.ts'
import type {Step, StepId} from '../../steps/step.ts'
import {type Part, nothing} from '../part.ts'
import {namesOf, type ResolvedCluster} from '../resolved-cluster.ts'
import {pullImages} from './artifacts.ts'
import {signs} from './kind-cluster.ts'

/** Images that belong together. */
export interface ImageStage {
  readonly id: string
  /** For titles: "Cilium". */
  readonly of: string
  readonly images: readonly Artifact[]
}

export interface ImageParts {
  readonly steps: readonly Step[]
  /** By stage: what comes after its images are on all nodes. */
  readonly imported: Readonly<Record<string, readonly StepId[]>>
}

/**
 * Images into all nodes, stage after stage, in the order in which they are needed: two imports at once would only delay the one that everything
 * waits for. The first starts as soon as the nodes' containerd answers, beside kubeadm: the machine is busy from then on until the CNI
 * starts, so nothing is gained by waiting. But what kubeadm does is a chain: the first stage takes half of the cores from it and no more, and fills control
 * planes last. All nodes at once were 4 % faster in all, with kind 1.6 times as slow as alone (3 nodes on 2 cores; docs/benchmarks.md).
 */
export function importImages(
  {nodes, bundle}: ResolvedCluster,
  stages: readonly ImageStage[],
  cpus: number,
): ImageParts {
  const order = [...namesOf(nodes, 'worker'), ...namesOf(nodes, 'control-plane')]
  const few = Math.max(1, Math.floor(cpus / 2))
  const filled = stages.filter(({images}) => images.length > 0)
  const pulls = new Map(filled.map((stage) => [stage.id, pullImages(`pull:${stage.id}`, stage.of, stage.images)]))
  const imports = filled.map((stage, index): Step => {
    const previous = filled[index - 1]
    return {
      id: importId(stage),
      title: `Import the images of ${stage.of} into the nodes`,
      action: {
        type: 'import-images',
        artifacts: stage.images,
        nodes: order,
        ...(previous === undefined && {atOnce: few}),
        ...(bundle && {seen: bundle}),
      },
      after: [...(pulls.get(stage.id) ?? nothing).done, previous ? importId(previous) : signs.containerd],
    }
  })
  return {
    steps: [...[...pulls.values()].flatMap((part: Part) => part.steps), ...imports],
    imported: Object.fromEntries(filled.map((stage) => [stage.id, [importId(stage)]])),
  }
}

function importId({id}: ImageStage): StepId {
  return `import:${id}`
}
