import {Problem} from '../../problem.ts'
import type {ActionOf} from '../../steps/action.ts'
import {type Artifact, imageName} from '../../steps/artifact.ts'
import {withDeadline} from '../deadline.ts'
import type {StepContext} from '../executor.ts'
import {importImages} from '../executors/import-images.ts'
import {fullName} from '../images/full-name.ts'
import {changeNode} from '../node-exec.ts'
import {poll} from '../poll.ts'

const ctr = ['ctr', '--namespace', 'k8s.io'] as const

/** Seconds in which the kubelet's side of containerd has taken notice of images. */
const noticeSeconds = 60

/**
 * Images unpacked in the store of a containerd that runs in a container. Of what came with them only the documents stay: nodes have no use for the
 * archives of layers once they are unpacked, and every node would copy them (containerd calls the same for pulled images `discard_unpacked_layers`).
 */
export async function unpackImages(
  {images, seen}: ActionOf<'build-warm-image'>,
  {container, store}: {readonly container: string; readonly store: string},
  context: StepContext,
): Promise<void> {
  const before = new Set(await contentOf(container, context))
  await importImages({type: 'import-images', artifacts: images, nodes: [container], ...(seen && {seen})}, context)
  await untilNoticed(images, container, context)
  const layers = (await unpackedLayers(container, context)).filter((digest) => !before.has(digest))
  if (layers.length === 0) return
  await changeNode(context, container, [...ctr, 'content', 'rm', ...layers])
  // Files go when containerd next collects garbage, which may be after it was stopped.
  const blobs = `${store}/io.containerd.content.v1.content/blobs`
  const files = layers.map((digest) => `${blobs}/${digest.replace(':', '/')}`)
  await changeNode(context, container, ['rm', '--force', ...files])
}

async function contentOf(container: string, context: StepContext): Promise<readonly string[]> {
  const {stdout} = await changeNode(context, container, [...ctr, 'content', 'ls', '--quiet'])
  return stdout.split('\n').map((line) => line.trim())
}

/** Digests of layers that have been unpacked: containerd notes on each what it is when it is not compressed. */
async function unpackedLayers(container: string, context: StepContext): Promise<readonly string[]> {
  const {stdout} = await changeNode(context, container, [...ctr, 'content', 'ls'])
  const rows = stdout.split('\n').filter((line) => line.includes('containerd.io/uncompressed='))
  return rows.map((line) => line.trim().split(/\s+/)[0] ?? '')
}

/** The runtime that kubelets ask keeps a list of its own, which follows the store; an image of that list is labelled so. */
async function untilNoticed(images: readonly Artifact[], container: string, context: StepContext): Promise<void> {
  const wanted = images.map((image) => fullName(imageName(image)))
  let last = 'nothing yet'
  const end = await withDeadline(context.drivers.clock, noticeSeconds, context.signal, (signal) =>
    poll(
      async () => {
        const {stdout} = await changeNode({...context, signal}, container, [...ctr, 'images', 'ls'])
        const known = new Set(
          stdout
            .split('\n')
            .filter((line) => line.includes('io.cri-containerd.image=managed'))
            .map((line) => line.split(/\s+/)[0]),
        )
        const lacking = wanted.filter((name) => !known.has(name))
        return {ready: lacking.length === 0, seen: `not yet known to the runtime: ${lacking.join(', ')}`}
      },
      {clock: context.drivers.clock, signal, milliseconds: 200, seen: (text) => (last = text)},
    ),
  )
  if (end.inTime) return
  throw new Problem('wait-timeout', {
    message: `Waited ${noticeSeconds} s for the runtime in ${container} to know the images that were imported`,
    cause: `Last seen: ${last}`,
    suggestions: ['Work without a warm node image: k8s-local create --warm never'],
  })
}
