import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Plugin} from 'rolldown'

/**
 * npm installs a package below each package that asks for it, where the folder above holds another version. Copies of one version become the first of
 * them that is seen: listr2 and log-update bring the same three, 16 KB of them.
 */
export function oneCopy(): Plugin {
  const first = new Map<string, string>()
  return {
    name: 'one-copy',
    resolveId: {
      order: 'post',
      async handler(source, importer, options) {
        if (importer === undefined || /^[./\\]/.test(source)) return null
        const found = await this.resolve(source, importer, {...options, skipSelf: true})
        const [folder] = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(found?.id ?? '') ?? []
        if (!found || folder === undefined) return found
        const kept = keep(folder)
        return kept === folder ? found : {...found, id: kept + found.id.slice(folder.length)}
      },
    },
  }

  function keep(folder: string): string {
    const file = join(folder, 'package.json')
    if (!existsSync(file)) return folder
    const {name, version} = JSON.parse(readFileSync(file, 'utf8')) as {
      readonly name?: string
      readonly version?: string
    }
    const key = `${name}@${version}`
    const kept = first.get(key) ?? folder
    first.set(key, kept)
    return kept
  }
}
