import {marksFile, marksUnit, marksUnitText, snapshotFolder} from '../../templates/overlay-marks.ts'
import type {StepContext} from '../executor.ts'
import {changeNode} from '../node-exec.ts'
import {putNodeFile} from '../node-file.ts'
import {shareLayers} from './share-layers.ts'

/** Where containerd of a node keeps everything. */
export const nodeStore = '/var/lib/containerd'

/** Seconds for copying a store. */
const copySeconds = 600

/** A copy of the node image's own store, on a file system that overlays can be made on. */
export async function openStore(container: string, store: string, context: StepContext): Promise<void> {
  await changeNode(context, container, copyWords(nodeStore, store), {timeoutSeconds: copySeconds})
}

/**
 * Takes the store of a containerd that has ended into the container's own files, of which an image can be made; what such an image cannot hold goes into
 * an archive for the nodes.
 */
export async function keepStore(container: string, store: string, context: StepContext): Promise<void> {
  const change = (argv: readonly string[]) => changeNode(context, container, argv, {timeoutSeconds: copySeconds})
  const snapshots = `${store}/${snapshotFolder}`
  const list = `${store}.marks`
  await change(['mkdir', '--parents', marksFile.replace(/\/[^/]+$/, ''), marksUnit.link.replace(/\/[^/]+$/, '')])
  const archiveMarks = async (): Promise<void> => {
    await change(['find', snapshots, '-mindepth', '1', '-type', 'd,c', '-fprintf', list, String.raw`%P\0`])
    const marks = ['--no-recursion', '--xattrs', '--xattrs-include=trusted.overlay.*', '--null', '--files-from', list]
    await change(['tar', '--create', '--file', marksFile, '--directory', snapshots, ...marks])
  }
  await archiveMarks()
  await shareLayers({container, store, base: nodeStore, marks: marksFile}, context)
  // Without what is gone: unpacking would put folders in the place of links.
  await archiveMarks()
  await change(['find', snapshots, '-type', 'c', '-delete'])
  await change([...copyWords(store, nodeStore), '--update'])
  await change(['rm', list])
  await putNodeFile({node: container, path: marksUnit.path, text: marksUnitText, mode: '0644'}, context)
  await change(['ln', '--symbolic', '--force', marksUnit.path, marksUnit.link])
}

function copyWords(from: string, to: string): readonly string[] {
  return ['cp', '--archive', '--no-target-directory', from, to]
}
