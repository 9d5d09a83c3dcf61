import {copyFile} from 'node:fs/promises'
import {join} from 'node:path'
import {Plugin} from '@oclif/core/config'

/**
 * The text of oclif.manifest.json for the commands in `staging`/dist. It is what oclif's own generator writes (oclif 4.24.0
 * `manifest`), without that generator's 221 packages.
 * @param staging a folder that holds the new dist
 * @throws Error when a command does not load
 */
export async function commandManifest(root: string, staging: string): Promise<string> {
  await copyFile(join(root, 'package.json'), join(staging, 'package.json'))
  const plugin = new Plugin({
    root: staging,
    type: 'core',
    ignoreManifest: true,
    errorOnManifestCreate: true,
    respectNoCacheDefault: true,
  })
  await plugin.load()
  const {commands, ...rest} = plugin.manifest
  return `${JSON.stringify({commands: inOrder(commands), ...rest}, undefined, 2)}\n`
}

/** Topics after commands, each by name. oclif has them as the file system gave them, which on a busy machine is another order each time. */
function inOrder<T>(commands: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  const depth = (id: string) => id.split(':').length
  return Object.fromEntries(Object.entries(commands).toSorted(([a], [b]) => depth(a) - depth(b) || (a < b ? -1 : 1)))
}
