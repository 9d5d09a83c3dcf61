import {sharedLayers, snapshotFolder} from '../../templates/overlay-marks.ts'
import type {StepContext} from '../executor.ts'
import {changeNode} from '../node-exec.ts'

export interface SharedStore {
  readonly container: string
  /** The store that has the layers. */
  readonly store: string
  /** The one of the node image, whose layers stay where they are. */
  readonly base: string
  /** An archive with the marks of all layers (see overlay-marks). */
  readonly marks: string
}

/**
 * Moves unpacked layers out of the store into the container's own files, and leaves links in their place. All nodes then have them from the image; what is in
 * the store is copied for every node, for kind gives each a volume for /var. The lower layers of an overlay may lie on one (kernel, filesystems/overlayfs: two
 * may be stacked). A layer that deletes something stays: its marks cannot be put in place there.
 */
export async function shareLayers({container, store, base, marks}: SharedStore, context: StepContext): Promise<void> {
  const change = (argv: readonly string[]) => changeNode(context, container, argv, {timeoutSeconds: moveSeconds})
  const layersOf = async (root: string): Promise<readonly string[]> => {
    const {stdout} = await change(['ls', '-1', `${root}/${snapshotFolder}/snapshots`])
    return stdout.split('\n').filter((name) => name !== '')
  }
  const listing = ['--list', '--verbose', '--xattrs', '--xattrs-include=trusted.overlay.*', '--file', marks]
  const marked = markedLayers((await change(['tar', ...listing])).stdout)
  const present = new Set(await layersOf(base))
  const moved = (await layersOf(store)).filter((layer) => !present.has(layer) && !marked.has(layer))
  await change(['mkdir', '--parents', sharedLayers])
  for (const layer of moved) {
    const [from, to] = [`${store}/${snapshotFolder}/snapshots/${layer}/fs`, `${sharedLayers}/${layer}`]
    await change(['cp', '--archive', '--no-target-directory', from, to])
    await change(['rm', '--recursive', '--force', from])
    await change(['ln', '--symbolic', to, from])
  }
}

/** Seconds for moving one layer. */
const moveSeconds = 600

/** The layers with a device node, or with an attribute, which GNU tar shows as a star behind the permissions. */
export function markedLayers(listing: string): ReadonlySet<string> {
  const marked = listing.split('\n').filter((line) => line.startsWith('c') || /^\S{10}\*/.test(line))
  return new Set(marked.flatMap((line) => /\ssnapshots\/(\d+)\//.exec(line)?.[1] ?? []))
}
