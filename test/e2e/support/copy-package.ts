import {cpSync, existsSync} from 'node:fs'
import {join} from 'node:path'

/** What `npm pack` would put into the package, from `source` into `target`. */
export function copyPackage(source: string, target: string): void {
  for (const name of ['bin', 'dist', 'manifests', 'package.json', 'oclif.manifest.json']) {
    if (existsSync(join(source, name))) cpSync(join(source, name), join(target, name), {recursive: true})
  }
}
