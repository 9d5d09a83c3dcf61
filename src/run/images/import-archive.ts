import type {RunOptions} from '../../drivers/ports.ts'
import type {ReadableStreamLike} from '../../drivers/streams.ts'
import {Problem} from '../../problem.ts'
import {type Artifact, imageName} from '../../steps/artifact.ts'
import type {StepContext} from '../executor.ts'
import {inParallel} from '../in-parallel.ts'
import {changeNode, lastLines} from '../node-exec.ts'
import {fanOut} from './fan-out.ts'
import type {PathOnNode} from './files-on-nodes.ts'
import {fullName} from './full-name.ts'
import {imagesOn} from './lacking-nodes.ts'

interface Import {
  readonly artifact: Artifact
  readonly nodes: readonly string[]
  /** Bytes, summed over the nodes. */
  readonly onBytes: (done: number) => void
}

interface FromFile {
  readonly file: string
  readonly pathOnNode: PathOnNode
  readonly atOnce: number | undefined
}

type ImportContext = Pick<StepContext, 'drivers' | 'signal'>

/**
 * Imports a docker archive into nodes, all at once or `atOnce` at a time. A node that sees the file reads it where it lies; for the others each `docker exec` reads
 * it by itself, so that no byte passes through this process. Throws image-import-failed.
 */
export async function importFile(
  {artifact, nodes, file, pathOnNode, atOnce, onBytes}: Import & FromFile,
  context: ImportContext,
): Promise<void> {
  let done = 0
  await togetherOrNot({nodes, atOnce}, context, async (node, inner) => {
    const path = pathOnNode(file, node)
    await importInto(node, artifact, path === undefined ? {stdin: {file}} : {path}, inner)
    done += artifact.size ?? 0
    onBytes(done)
  })
}

/** The same from a stream, which is read once for all nodes. Throws what the stream throws, too. */
export async function importStream(
  {artifact, nodes, source, onBytes}: Import & {readonly source: ReadableStreamLike},
  context: ImportContext,
): Promise<void> {
  const stop = new AbortController()
  const signal = AbortSignal.any([context.signal, stop.signal])
  const {branches, pump} = fanOut(source, nodes.length, {signal, onBytes: (done) => onBytes(done * nodes.length)})
  const pumping = pump()
  try {
    await togetherOrNot({nodes}, context, async (node, inner) => {
      const branch = branches[nodes.indexOf(node)]
      if (!branch) return
      await importInto(node, artifact, {stdin: branch.stream}, inner).finally(branch.close)
    })
  } finally {
    stop.abort()
    await pumping
  }
}

/** The first failure ends the work on the other nodes. */
async function togetherOrNot(
  {nodes, atOnce}: {readonly nodes: readonly string[]; readonly atOnce?: number | undefined},
  context: ImportContext,
  work: (node: string, context: ImportContext) => Promise<void>,
): Promise<void> {
  const stop = new AbortController()
  const inner = {...context, signal: AbortSignal.any([context.signal, stop.signal])}
  const orStop = (node: string): Promise<void> =>
    work(node, inner).catch((error: unknown) => {
      stop.abort()
      throw error
    })
  await inParallel(nodes, orStop, atOnce)
}

/** An archive as a node's `ctr` gets it: a file that the node sees, or bytes. */
type ArchiveSource = {readonly path: string} | {readonly stdin: NonNullable<RunOptions['stdin']>}

/** Seconds for one image on one node. */
const importSeconds = 600

/**
 * `ctr` names an image as the archive does. Without `--all-platforms`: an archive of a multi-platform image names blobs that it does not hold
 * (kind #3795, containerd #11344).
 */
async function importInto(
  node: string,
  artifact: Artifact,
  source: ArchiveSource,
  context: ImportContext,
): Promise<void> {
  const where = 'path' in source ? source.path : '-'
  const argv = ['ctr', '--namespace', 'k8s.io', 'images', 'import', '--platform', artifact.platform, where]
  const finished = await context.drivers.engine.exec(node, argv, {
    ...('stdin' in source && {stdin: source.stdin}),
    signal: context.signal,
    timeoutSeconds: importSeconds,
  })
  if (finished.exitCode !== 0) throw importFailed(node, artifact, lastLines(finished, 6))
  const wanted = fullName(imageName(artifact))
  const said = namesIn(finished.stdout)
  if (said.includes(wanted)) return
  const present = await imagesOn(node, context)
  if (present.has(wanted)) return
  const imported = said.find((name) => present.has(name))
  if (!imported)
    throw importFailed(
      node,
      artifact,
      `containerd does not know ${wanted} after the import; ctr said:\n${lastLines(finished, 6)}`,
    )
  await changeNode(context, node, ['ctr', '--namespace', 'k8s.io', 'images', 'tag', imported, wanted])
}

/** `unpacking NAME (sha256:…)...done` by containerd 1.x, `NAME saved` by 2.x. */
function namesIn(output: string): readonly string[] {
  return [...output.matchAll(/[\w.-]+(?::\d+)?\/[\w./-]+:[\w.-]+/g)].map(([name]) => name)
}

function importFailed(node: string, artifact: Artifact, cause: string): Problem {
  return new Problem('image-import-failed', {
    message: `The image ${imageName(artifact)} cannot be imported into node ${node}`,
    cause,
    suggestions: [
      `docker exec ${node} df -h /var/lib/containerd`,
      `docker exec ${node} journalctl -u containerd -n 50`,
    ],
  })
}
