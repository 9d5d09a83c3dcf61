import {join} from 'node:path'
import type {Plugin} from 'rolldown'

/**
 * What @oclif/core 4.14 loads at every start and never reaches in a program that has a command manifest and hands over its
 * package.json, by importer. Each is replaced by a file of ours in slim/: half of the bytes of oclif, and the time to set
 * them up, for nothing that a user could notice. Sources that run unbundled (bin/dev.js) have the originals.
 */
const replaced: readonly {readonly name: string; readonly importer: RegExp}[] = [
  {name: 'ansi-styles', importer: /^(?:(?!node_modules).)*\/node_modules\/wrap-ansi\/index\.js$/},
  {name: 'cli-spinners', importer: /@oclif\/core\//},
  {name: 'debug', importer: /@oclif\/core\//},
  {name: 'ejs', importer: /@oclif\/core\//},
  {name: 'lilconfig', importer: /@oclif\/core\//},
  {name: 'minimatch', importer: /@oclif\/core\//},
  {name: 'performance', importer: /@oclif\/core\//},
  {name: 'tinyglobby', importer: /@oclif\/core\//},
  {name: 'ts-path', importer: /@oclif\/core\//},
]

export const slimOclif: Plugin = {
  name: 'slim-oclif',
  resolveId(source, importer = '') {
    const name = source.replace(/^\.+\/(?:.*\/)?/, '')
    const found = replaced.find((one) => one.name === name && one.importer.test(importer))
    return found ? join(import.meta.dirname, 'slim', `${found.name}.ts`) : undefined
  },
}
