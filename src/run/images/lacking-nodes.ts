import {type Artifact, imageName} from '../../steps/artifact.ts'
import type {StepContext} from '../executor.ts'
import {inParallel} from '../in-parallel.ts'
import {changeNode} from '../node-exec.ts'
import {fullName} from './full-name.ts'

/** Which of the nodes lack an image, by one look at each node. */
export async function lackingNodes(
  artifacts: readonly Artifact[],
  nodes: readonly string[],
  context: StepContext,
): Promise<(artifact: Artifact) => readonly string[]> {
  if (artifacts.length === 0) return () => []
  const present = new Map(await inParallel(nodes, async (node) => [node, await imagesOn(node, context)] as const))
  return (artifact) => nodes.filter((node) => !present.get(node)?.has(fullName(imageName(artifact))))
}

/** Full names of the images in a node's containerd. Throws node-command-failed. */
export async function imagesOn(
  node: string,
  context: Pick<StepContext, 'drivers' | 'signal'>,
): Promise<ReadonlySet<string>> {
  const {stdout} = await changeNode(context, node, ['ctr', '--namespace', 'k8s.io', 'images', 'ls', '-q'], {
    timeoutSeconds: 20,
  })
  return new Set(
    stdout
      .split('\n')
      .map((line) => line.trim())
      .filter((name) => name !== ''),
  )
}
