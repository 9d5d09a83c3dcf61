import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {inject} from 'vitest'
import {copyPackage} from './copy-package.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of a copy of the built package. */
    package: string
  }
}

/** The program under test: a copy made when the run began, because half an hour is long enough for somebody to build another one. */
export const program: string = join(inject('package'), 'bin/run.js')

/** A copy of the program whose lock points every download at `address`, with the checksums as they are. Returns its path. */
export function programThatDownloadsFrom(address: string, target: string): string {
  copyPackage(inject('package'), target)
  const lock = join(target, 'manifests/lock.yaml')
  writeFileSync(lock, readFileSync(lock, 'utf8').replaceAll(/source: https:\S+/g, `source: ${address}/file`))
  return join(target, 'bin/run.js')
}
