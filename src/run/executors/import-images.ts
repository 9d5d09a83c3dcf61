import {type Artifact, imageName} from '../../steps/artifact.ts'
import type {FolderOnNodes} from '../../steps/action.ts'
import type {Executor, StepContext} from '../executor.ts'
import {artifactFile} from '../artifact-file.ts'
import {filesOnNodes, type PathOnNode} from '../images/files-on-nodes.ts'
import {importFile, importStream} from '../images/import-archive.ts'
import {lackingNodes} from '../images/lacking-nodes.ts'

/** Every node's containerd holds every image under its name. What is there is skipped; archives go to the nodes that lack them, all at once or `atOnce` at a time. */
export const importImages: Executor<'import-images'> = async ({artifacts, nodes, seen, atOnce}, context) => {
  const lacking = await lackingNodes(artifacts, nodes, context)
  const work = artifacts.map((artifact) => ({artifact, nodes: lacking(artifact)})).filter((one) => one.nodes.length > 0)
  if (work.length === 0) return {already: true}
  const total = work.reduce((sum, one) => sum + (one.artifact.size ?? 0) * one.nodes.length, 0)
  const pathOnNode = await lookForFiles(artifacts, nodes, seen, context)
  let before = 0
  for (const one of work) {
    const report = (done: number) => context.progress(before + done, total || undefined, 'bytes')
    context.note(`${one.artifact.name} into ${one.nodes.join(', ')}`)
    await importOne({...one, pathOnNode, atOnce, onBytes: report}, context)
    before += (one.artifact.size ?? 0) * one.nodes.length
  }
  return {already: false}
}

interface ImageImport {
  readonly artifact: Artifact
  readonly nodes: readonly string[]
  readonly pathOnNode: PathOnNode
  readonly atOnce: number | undefined
  readonly onBytes: (done: number) => void
}

/** An image of a bundle comes from its file, any other from the engine, which was asked to pull it before. */
async function importOne({artifact, onBytes, ...where}: ImageImport, context: StepContext): Promise<void> {
  if (artifact.origin.kind === 'bundle') {
    const {file} = await artifactFile(artifact, {...context, progress: () => undefined})
    await importFile({artifact, file, onBytes, ...where}, context)
  } else {
    const source = context.drivers.engine.save([imageName(artifact)], context.signal)
    await importStream({artifact, nodes: where.nodes, source, onBytes}, context)
  }
}

function lookForFiles(
  artifacts: readonly Artifact[],
  nodes: readonly string[],
  seen: FolderOnNodes | undefined,
  context: StepContext,
): Promise<PathOnNode> | PathOnNode {
  if (!seen) return () => undefined
  const files = artifacts.flatMap(({origin}) => (origin.kind === 'bundle' ? [origin.file] : []))
  return filesOnNodes(files, seen, nodes, context)
}
