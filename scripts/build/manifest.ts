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
  return `${JSON.stringify(plugin.manifest, undefined, 2)}\n`
}
