import {Problem} from '../../problem.ts'
import type {ActionOf} from '../../steps/action.ts'
import {imageName} from '../../steps/artifact.ts'
import {bearsContents, warmBuildLabel, type WarmImage, warmLabels} from '../../steps/warm-image.ts'
import type {Executor, StepContext} from '../executor.ts'
import {startDaemon} from '../warm/build-daemon.ts'
import {buildContainer, buildLock} from '../warm/build-names.ts'
import {keepStore, openStore} from '../warm/keep-store.ts'
import {removeBuild, sweepBuilds} from '../warm/sweep-builds.ts'
import {takeTurn} from '../warm/take-turn.ts'
import {unpackImages} from '../warm/unpack-images.ts'
import {copyCniPlugins} from './copy-cni-plugins.ts'

/** The engine holds the warm image. Of several that build it at once one does, and the others wait; whatever happens, no container stays. */
export const buildWarmImage: Executor<'build-warm-image'> = async (action, context) => {
  const container = buildContainer(action.image)
  const unlock = await takeTurn(buildLock(container), 'builds it', context)
  try {
    // What a killed build has left under this name; nobody else works in it, for we hold its lock.
    await removeBuild(container, context)
    await sweepBuilds(context)
    if (await isThere(action.image, context)) return {already: true}
    try {
      await build(action, container, context)
    } finally {
      await removeBuild(container, context)
    }
    return {already: false}
  } finally {
    await unlock()
  }
}

async function isThere(image: WarmImage, {drivers, signal}: StepContext): Promise<boolean> {
  const found = await drivers.engine.image(image.reference, signal)
  return found !== undefined && bearsContents(found.labels, image)
}

/** In the container. On the engine's own file system, for containerd cannot unpack onto an overlay. */
const store = '/k8s-local/store'

async function build(action: ActionOf<'build-warm-image'>, container: string, context: StepContext): Promise<void> {
  const {drivers, signal, note} = context
  const {engine, files} = drivers
  const {node, image, plugins, seen} = action
  const base = await engine.image(imageName(node), signal)
  if (!base) throw new Problem('artifact-unavailable', {message: `The engine does not hold ${imageName(node)}`})
  await engine.run({
    name: container,
    image: base.id,
    labels: {[warmBuildLabel]: files.paths.state},
    entrypoint: ['sleep', 'infinity'],
    scratch: store,
    readOnly: seen ? [seen] : [],
  })
  await openStore(container, store, context)
  const daemon = await startDaemon(container, store, context)
  await unpackImages(action, {container, store}, context)
  if (plugins)
    await copyCniPlugins(
      {type: 'copy-cni-plugins', artifact: plugins, nodes: [container]},
      {...context, progress: () => undefined},
    )
  note('taking the unpacked images into the image')
  await daemon.stop()
  await keepStore(container, store, context)
  note(`writing ${image.reference}`)
  await commit(action, {container, entrypoint: base.entrypoint, command: base.command}, context)
}

/** All at once or not at all: what an interrupted run has made is taken away again. */
async function commit(
  {image: {reference, hash, contents}}: ActionOf<'build-warm-image'>,
  made: {readonly container: string; readonly entrypoint: readonly string[]; readonly command: readonly string[]},
  {drivers: {engine}, signal}: StepContext,
): Promise<void> {
  const {container, entrypoint, command} = made
  const interrupted = () => new Problem('interrupted', {message: `Interrupted before ${reference} was made`})
  if (signal.aborted) throw interrupted()
  // What is made from the image inherits its labels: that of the build must not be among them.
  const labels = {[warmBuildLabel]: '', [warmLabels.hash]: hash, [warmLabels.contents]: contents}
  await engine.commit(container, {reference, labels, entrypoint, command})
  if (!signal.aborted) return
  await engine.removeImages([reference])
  throw interrupted()
}
