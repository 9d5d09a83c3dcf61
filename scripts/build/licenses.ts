import {readdir, readFile} from 'node:fs/promises'
import {basename, join} from 'node:path'

interface PackageJson {
  readonly name: string
  readonly version: string
  readonly license?: string
}

/**
 * The text of THIRD-PARTY-LICENSES: name, version, licence and licence text of every package whose code is in the bundle.
 * @param packages folders of those packages
 * @throws Error when a package names no licence: such code must not be shipped unseen
 */
export async function thirdPartyLicenses(packages: readonly string[]): Promise<string> {
  const parts = await Promise.all(packages.map(describe))
  return `k8s-local contains code of the packages below, each under its own licence.\n\n${parts.join('\n')}`
}

async function describe(folder: string): Promise<string> {
  const {name, version, license} = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as PackageJson
  if (!license) throw new Error(`${name}@${version} names no licence: look at it before its code is shipped`)
  const texts = (await readdir(folder))
    .filter((file) => /^(licen[cs]e|notice|copying)/i.test(basename(file)))
    .toSorted()
  const bodies = await Promise.all(texts.map((file) => readFile(join(folder, file), 'utf8')))
  const heading = `${name} ${version} (${license})`
  return [heading, '-'.repeat(heading.length), ...bodies.map((body) => body.trim()), ''].join('\n')
}
