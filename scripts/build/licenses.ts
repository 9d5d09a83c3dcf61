import {readdir, readFile} from 'node:fs/promises'
import {basename, join} from 'node:path'

interface PackageJson {
  readonly name: string
  readonly version: string
  readonly license?: string
}

/** A package whose code is in the bundle, under the terms that it comes with. */
interface Licensed {
  /** Name, version and licence. */
  readonly heading: string
  /** Its lines about copyright, as they stand. */
  readonly notices: readonly string[]
  /** All its licence files without those lines. */
  readonly terms: string
}

/**
 * The text of THIRD-PARTY-LICENSES: name, version, licence, copyright and terms of every package whose code is in the bundle. Most come with the
 * very same terms, which are printed once, below the packages that they are for: a hundred copies would be a tenth of the package.
 * @param packages folders of those packages
 * @throws Error when a package names no licence: such code must not be shipped unseen
 */
export async function thirdPartyLicenses(packages: readonly string[]): Promise<string> {
  const all = await Promise.all(packages.map(describe))
  const groups = new Map<string, Licensed[]>()
  for (const one of all) {
    const key = sameTerms(one.terms)
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  const parts = [...groups.values()].map((group) => {
    const owners = group.map(({heading, notices}) => [heading, ...notices.map((line) => `  ${line}`)].join('\n'))
    return [...owners, '', group[0]?.terms ?? ''].join('\n')
  })
  const rule = `\n\n${'-'.repeat(80)}\n\n`
  return `k8s-local contains code of the packages below, each under the terms that follow it.${rule}${parts.join(rule)}\n`
}

async function describe(folder: string): Promise<Licensed> {
  const {name, version, license} = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as PackageJson
  if (!license) throw new Error(`${name}@${version} names no licence: look at it before its code is shipped`)
  const files = (await readdir(folder))
    .filter((file) => /^(licen[cs]e|notice|copying)/i.test(basename(file)))
    .toSorted()
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))
  const lines = texts.flatMap((text) => text.trim().split(/\r?\n/))
  const isNotice = (line: string): boolean => /^\s*(?:copyright\b|\(c\)|©)/i.test(line)
  return {
    heading: `${name} ${version} (${license})`,
    notices: lines.filter(isNotice).map((line) => line.trim()),
    terms: lines
      .filter((line) => !isNotice(line))
      .join('\n')
      .trim(),
  }
}

/** Terms that differ only in how their lines are broken, or in the licence's name above them, are the same. */
function sameTerms(terms: string): string {
  return terms.replace(/^\s*(?:the )?mit license(?: \(mit\))?\s*/i, '').replaceAll(/\s+/g, ' ')
}
